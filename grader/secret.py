"""The course's secret seed: where it comes from, and the public one that stands in for it."""

from __future__ import annotations

import os
from pathlib import Path

from grader.errors import UsageError

VARIABLE = "GRADER_SEED"
FILE = "seed"
PUBLIC = "public seed: everyone knows these draws"
"""For validation, templates, demonstrations and the records that students get."""
_SHORTEST = 16


def find(option: str | None, secret: Path | None) -> str:
    """The seed to grade with: the command's option, else GRADER_SEED, else `reference/seed`.

    Args:
        option: what `--seed` said, or None.
        secret: the assignment's folder under `reference/`, or None.

    Raises:
        UsageError: there is none, or it is too short to be a secret.
    """
    if option is not None:
        return _long_enough(option, "--seed")
    if os.environ.get(VARIABLE):
        return _long_enough(os.environ[VARIABLE], VARIABLE)
    file = None if secret is None else secret.parent / FILE
    if file is not None and file.is_file():
        return _long_enough(file.read_text("utf-8").strip(), f"reference/{FILE}")
    raise UsageError(
        "no seed: whoever knows it knows every question, so none is built in. Make one with\n"
        "  python3 -c 'import secrets; print(secrets.token_hex(32))' > reference/seed\n"
        f"and keep it out of git, or set {VARIABLE}, or pass --seed."
    )


def _long_enough(seed: str, source: str) -> str:
    if len(seed) < _SHORTEST:
        raise UsageError(
            f"the seed in {source} has {len(seed)} characters; a secret needs {_SHORTEST} or more, "
            "for instance 32 random hexadecimal digits."
        )
    return seed
