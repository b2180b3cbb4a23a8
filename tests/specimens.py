"""Submissions that say themselves what must come out; the words are in examples/submissions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
MARK = "# expect: "


@dataclass(frozen=True, slots=True, kw_only=True)
class Specimen:
    """A submission's folder and what must come out of it."""

    folder: Path
    full: bool = False
    no_points: bool = False
    loses: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    failure: str | None = None
    misconception: str | None = None
    note: str | None = None

    def __str__(self) -> str:
        return self.folder.name


def read(folder: Path, file: str) -> Specimen:
    """What the specimen in `folder`, whose assigned file is `file`, says about itself.

    Raises: ValueError at a word that is none of ours, or where nothing is said.
    """
    beside = folder / "expected.yaml"
    if beside.exists():
        words = yaml.safe_load(beside.read_text(encoding="utf-8"))["expect"]
    else:
        first = (folder / file).read_text(encoding="utf-8-sig").partition("\n")[0]
        if not first.startswith(MARK):
            raise ValueError(f"{folder.name}/{file}: the first line says nothing of what to expect")
        words = first.removeprefix(MARK)
    said: dict[str, object] = {}
    for word in words.split():
        key, _, value = word.partition("=")
        match key, value:
            case "full", "":
                said["full"] = True
            case "points", "0":
                said["no_points"] = True
            case (("loses" | "carried"), _) if value:
                said[key] = tuple(value.split(","))
            case (("failure" | "misconception" | "note"), _) if value:
                said[key] = value
            case _:
                raise ValueError(f"{folder.name}: {word} is no word of a specimen")
    return Specimen(folder=folder, **said)  # type: ignore[arg-type]


def all_in(folder: Path, file: str) -> list[Specimen]:
    """Every specimen under `folder`, by name."""
    return [read(child, file) for child in sorted(folder.iterdir()) if child.is_dir()]


COURSES = {
    "vectors": ROOT / "tests" / "courses",
    "training": ROOT / "tests" / "courses",
    **{folder.name: ROOT for folder in sorted((ROOT / "assignments").iterdir()) if folder.is_dir()},
}
"""Where the two halves of each assignment lie that has specimens."""


def submissions(slug: str) -> Path:
    """The folder of an assignment's specimens."""
    if COURSES[slug] != ROOT:
        return COURSES[slug] / ("submissions" if slug == "vectors" else f"submissions_{slug}")
    return ROOT / "examples" / "submissions" / slug


SPECIMENS = {slug: all_in(submissions(slug), f"{slug}.py") for slug in COURSES}
VECTORS, TRAINING = SPECIMENS["vectors"], SPECIMENS["training"]
