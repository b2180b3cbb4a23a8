"""A file of 60 KiB that is one expression: lambdas in lambdas, as deep as it goes.

goal: a crash of whoever parses it, at best of the judge
out: * failed raised/out_of_memory/crashed
holds: namespaces landlock seccomp process
"""

from pathlib import Path


def build(folder: Path) -> Path:
    path = folder / "package-nested-lambdas"
    path.mkdir()
    text = "running_mean = " + "lambda: " * 7_600 + "0\n"
    (path / "vectors.py").write_text(text)
    return path
