"""Two students whose ids are one folder where names have no case, or no composed letters.

goal: a report under another student's name
out: refused 2
holds: namespaces landlock seccomp process
"""

from pathlib import Path

CLAIMS = (("package-ann", "PACKAGE-Ann"), ("package-jos\u00e9", "package-jose\u0301"))


def build(folder: Path) -> Path:
    for claims in CLAIMS:
        for claim in claims:
            path = folder / claim
            path.mkdir()
            (path / "vectors.py").write_text("def running_mean(xs, decay): return xs\n")
    return folder
