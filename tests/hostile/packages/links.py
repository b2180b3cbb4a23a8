"""The assigned files as links: to the solution, and to its key.

goal: hand in the instructor's own files
out: * failed unreadable; questions.constant_column failed unreadable
holds: namespaces landlock seccomp process
source: a symbolic link in a repository is what many classroom tools check out as it is
"""

from pathlib import Path


def build(folder: Path) -> Path:
    path = folder / "package-links"
    path.mkdir()
    solution = folder.parents[1] / "course" / "reference" / "vectors"
    (path / "vectors.py").symlink_to(solution / "vectors.py")
    (path / "answers.yaml").symlink_to(solution / "answers.yaml")
    return path
