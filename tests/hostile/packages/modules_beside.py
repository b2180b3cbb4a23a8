"""Modules beside the assigned one: numpy.py, a grader package, sitecustomize, conftest, a .pyc.

goal: be imported in place of what the grader or the interpreter wanted to import
out: running_mean failed mismatch
holds: namespaces landlock seccomp process
source: conftest.py and a local numpy.py are the classics against graders that run in the folder
"""

import importlib.util
from pathlib import Path

EVIL = "raise RuntimeError('BREACH: a module beside the submission was imported')\n"
NAMES = ("numpy.py", "json.py", "struct.py", "sitecustomize.py", "usercustomize.py", "conftest.py")
NAMES += ("grader/__init__.py", "grader/wire.py", "numpy/__init__.py", "vectors/__init__.py")
NAMES += ("checks.py", "pytest.py", "__init__.py", "__main__.py", "setup.py", "x.pth", "evil.so")
WRONG = "import numpy\nimport json\n\n\ndef running_mean(xs, decay): return xs * 2\n"


def build(folder: Path) -> Path:
    path = folder / "package-modules-beside"
    path.mkdir()
    (path / "vectors.py").write_text(WRONG)
    compiled = Path(importlib.util.cache_from_source(str(path / "vectors.py")))
    compiled.parent.mkdir()
    compiled.write_bytes(importlib.util.MAGIC_NUMBER + bytes(12) + b"BREACH")
    for name in NAMES:
        (path / name).parent.mkdir(exist_ok=True)
        (path / name).write_text(EVIL)
    settings = "[pytest]\naddopts = -p evil\n"
    (path / "pytest.ini").write_text(settings)
    (path / "assignment.yaml").write_text("schema: 1\nitems: []\n")
    return path
