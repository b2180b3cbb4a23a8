"""What all tests share: the flag that renews golden files, and hypothesis without a clock."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

# As the command line has it: before numpy is imported, one thread for each process of ours.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import hypothesis  # noqa: E402
import pytest  # noqa: E402

# A busy machine must not fail a property.
hypothesis.settings.register_profile("grader", deadline=None, derandomize=True)
hypothesis.settings.load_profile("grader")

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-golden",
        action="store_true",
        help="write the files in tests/golden/ anew; look at the difference before you commit",
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`golden(name, text)` compares text with tests/golden/<name>, or renews that file."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--renew-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8"), f"{name} differs: pytest --renew-golden"

    return compare
