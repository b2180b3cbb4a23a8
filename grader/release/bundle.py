"""What students get: a folder and a zip of it, made from `assignments/` alone."""

from __future__ import annotations

import io
import shutil
import stat
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grader import grade, secret
from grader.checking import half, record
from grader.checking.record import Record
from grader.checking.source import RECORDED, Course
from grader.errors import CourseError, UsageError
from grader.exports.phrases import phrases
from grader.grade import Desk
from grader.release import edition, leaks, stubs
from grader.rubric import ANSWERS, FILE
from grader.sandbox import probe
from grader.sandbox.box import Confinement

START = "START.md"
HANDOUTS = {"en": "README.md", "ru": "README.ru.md"}
DATA = "data"
FIGURES = ("*.svg", "*.png", "*.jpg")
PACKAGE = "nabla-grader"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_WHEEL = ".whl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What a release holds.

    Attributes:
        name: the folder's name in the zip: the assignment's.
        members: bytes by name within the folder, in order.
        left_out: files of the assignment's folder that are none of those that students get.
    """

    name: str
    members: dict[str, bytes]
    left_out: tuple[str, ...]


def records(course: Course, confinement: Confinement, seed: str) -> dict[str, Record]:
    """The reference's answers to the visible checks under a seed that everybody may know.

    Raises:
        CourseError: there is no reference, or it fails one of the checks.
        UsageError: the seed is the secret one of the course.
        BoxError: our side could not ask.
    """
    _refuse_the_secret(course, seed)
    opener = probe.open_opener(confinement, course.assignment.arrays)
    try:
        desk = Desk(course=course, opener=opener, secret=seed, isolation=confinement.level)
        made = grade.prepare(desk, course.visible)
    finally:
        opener.close()
    for one in made.values():
        if one.problem is not None:
            raise CourseError(f"{one.check} cannot be released: {one.problem}")
    return made


def assemble(
    course: Course, answered: Mapping[str, Record], *, lang: str = "en", package: str = PACKAGE
) -> Release:
    """All that students get, put together and searched for secrets.

    Args:
        course: the assignment with its secret half, which is compared and never copied.
        answered: the records of its visible checks.
        lang: the language of START.md and of the notebook edition.
        package: what students give to pip; a path to a wheel puts that into the release.

    Raises:
        CourseError: a stub has drifted from its solution, an answer is too large to record, or
            something secret would be handed out; each is named.
    """
    assignment = course.assignment
    if stubs.is_marked(course) and (old := stubs.drifted(course)):
        names = ", ".join(path.name for path in old)
        raise CourseError(
            f"{assignment.slug}: {names} is not what the solution makes of it. Write it anew with "
            f"`grader release {assignment.slug} --stubs`."
        )
    listed = _listed(course)
    folder = assignment.folder
    members = {name: (folder / name).read_bytes() for name in listed}
    for id, one in answered.items():
        members[f"{RECORDED}/{id.replace('/', '.')}.npz"] = record.to_bytes(one)
    handout = members.get(HANDOUTS[lang], members.get(HANDOUTS["en"], b"")).decode("utf-8-sig")
    for place, name in enumerate(assignment.files):
        text = members[name].decode("utf-8-sig")
        shown = handout if place == 0 else ""
        members[f"{Path(name).stem}.ipynb"] = edition.notebook(
            course, name, text, shown, answered, lang
        )
    wheel = Path(package)
    if wheel.suffix == _WHEEL and wheel.is_file():
        members[wheel.name] = wheel.read_bytes()
        package = f"./{wheel.name}"
    members[START] = start(course, package, lang).encode()
    told = leaks.found(course, members)
    if told:
        listing = "\n  ".join(told[:20])
        raise CourseError(f"{assignment.slug} is not released, it would give away:\n  {listing}")
    ordered = {name: members[name] for name in sorted(members)}
    return Release(name=assignment.slug, members=ordered, left_out=_left_out(folder, listed))


def write(release: Release, folder: Path, *, lang: str = "en") -> tuple[Path, Path]:
    """Write the release under `folder`: the students' folder, and the zip beside it.

    Returns: both places.
    Raises: UsageError where the folder holds something that is none of the release's, or cannot be
        written to; what was there is left as it was then.
    """
    suffix = "" if lang == "en" else f".{lang}"
    target = folder / f"{release.name}{suffix}"
    if target.exists():
        _refuse_strangers(target, release)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / f".{target.name}.new"
        shutil.rmtree(fresh, ignore_errors=True)
        for name, data in release.members.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).write_bytes(data)
        if target.exists():
            shutil.rmtree(target)
        fresh.rename(target)
        packed = folder / f".{target.name}.zip.new"
        packed.write_bytes(to_zip(release))
        packed.replace(folder / f"{target.name}.zip")
    except OSError as error:
        raise UsageError(f"{folder} cannot be written to ({error.strerror}).") from error
    return target, folder / f"{target.name}.zip"


def to_zip(release: Release) -> bytes:
    """The zip of a release: the same members give the same bytes, whatever the clock says."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in release.members.items():
            entry = zipfile.ZipInfo(f"{release.name}/{name}", _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, wherever it is made
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, data, compresslevel=9)
    return buffer.getvalue()


def start(course: Course, package: str, lang: str) -> str:
    """The text that takes a student from nothing to a first `grader check`."""
    say = phrases(lang)
    assignment = course.assignment
    files = ", ".join(f"`{name}`" for name in assignment.files)
    notebooks = ", ".join(f"`{Path(name).stem}.ipynb`" for name in assignment.files)
    handout = HANDOUTS[lang] if (assignment.folder / HANDOUTS[lang]).is_file() else HANDOUTS["en"]
    smaller = say("PyTorch's CPU wheel index")
    parts = [
        f"# {assignment.title.text(lang)}",
        say("The task is in `{handout}`; your functions go into {files} or {notebooks}.").format(
            handout=handout, files=files, notebooks=notebooks
        ),
        say("Open a terminal in this folder (Python 3.11 or newer) and run two commands: the first "
            "installs, once, the second checks your work."),
        "Linux, macOS:",
        f"```\npython3 -m pip install {package}\npython3 -m grader check\n```",
        "Windows:",
        f"```\npy -m pip install {package}\npy -m grader check\n```",
        say("On Linux, add `--extra-index-url <{index}>` to the first command for a torch without "
            "CUDA, a far smaller download. Where pip says that the environment is externally "
            "managed, make one first: `python3 -m venv .venv` and `. .venv/bin/activate`.").format(
            index=smaller),
        say("The untouched functions lose every point, and the last line says how many checks are "
            "visible. `--watch` checks again on every save; `check {item}` checks one item; "
            "`--help` says the rest. Nothing is sent anywhere.").format(item=_first_item(course)),
    ]  # fmt: skip
    if (assignment.folder / ANSWERS).is_file():
        parts.append(say("Questions are answered in `answers.yaml`, which you hand in too."))
    return "\n\n".join(parts) + "\n"


def _first_item(course: Course) -> str:
    visible = [check.item for check in course.visible]
    return visible[0] if visible else course.assignment.items[0].id


def _listed(course: Course) -> list[str]:
    """The names of the assignment's own files that students get."""
    assignment = course.assignment
    folder = assignment.folder
    checks = [path.name for path in half.files(folder)]
    names = [FILE, *assignment.files, *assignment.given, *checks, ANSWERS, *HANDOUTS.values()]
    found = [name for name in names if (folder / name).is_file()]
    for pattern in FIGURES:
        found += sorted(path.name for path in folder.glob(pattern))
    data = sorted(path for path in (folder / DATA).rglob("*") if path.is_file())
    return found + [path.relative_to(folder).as_posix() for path in data]


def _left_out(folder: Path, listed: list[str]) -> tuple[str, ...]:
    there = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    names = (one.as_posix() for one in there if "__pycache__" not in one.parts)
    return tuple(sorted(name for name in names if name not in listed))


def _refuse_strangers(target: Path, release: Release) -> None:
    """Nobody's own work is thrown away."""
    if not target.is_dir() or not (target / START).is_file():
        raise UsageError(f"{target} exists and is no release; choose another place.")
    names = {*release.members}
    for path in sorted(target.rglob("*")):
        name = path.relative_to(target).as_posix()
        if path.is_file() and name not in names and "__pycache__" not in path.parts:
            raise UsageError(f"{target} holds {name}, which is none of this release; remove it.")


def _refuse_the_secret(course: Course, seed: str) -> None:
    if course.assignment.secret is None:
        raise CourseError(
            f"{course.assignment.slug} has no reference here, and the records are its answers."
        )
    try:
        hidden = secret.find(None, course.assignment.secret)
    except UsageError:
        return
    if seed == hidden:
        raise UsageError(
            "the records would be made under the secret seed, and give all its draws away. Leave "
            "--seed-of-records out, or make up another."
        )
