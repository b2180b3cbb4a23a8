"""A student's folder that is a link to the folder of the solution.

goal: hand in the instructor's own folder
out: refused 2
holds: namespaces landlock seccomp process
"""

from pathlib import Path


def build(folder: Path) -> Path:
    path = folder / "class"
    path.mkdir()
    solution = folder.parents[1] / "course" / "reference" / "vectors"
    (path / "package-linked-folder").symlink_to(solution, target_is_directory=True)
    return path
