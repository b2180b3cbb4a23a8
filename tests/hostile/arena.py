"""All attacks handed in as one class, at one level; what became of each.

The walk is the product's own: `submission.collect`, `batch.run` over local processes, reports in a
folder. Attacks on one target share its zygotes; honest work stands between them.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest import mock

import yaml

from grader import batch, grade, report, rubric, submission
from grader.findings import Outcome
from grader.inert import is_inert
from grader.report import ItemResult, Report
from grader.rubric import Assignment
from grader.sandbox import probe
from grader.submission import Submission
from tests.hostile import places
from tests.hostile.header import TARGETS, Attack, Refused
from tests.hostile.witness import BREACH, Witness, watching

SECRET = "a secret that only the arena knows"
JOBS = 4
"""More than cores: what waits, waits beside others."""
EVERY = 8
"""One honest submission after so many hostile ones."""
HONEST = {
    "vectors": TARGETS["vectors"] / "submissions" / "right" / "vectors.py",
    "tensors": TARGETS["vectors"] / "submissions" / "right" / "vectors.py",
    "activations": TARGETS["activations"] / "reference" / "activations" / "activations.py",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether an attack was held, and what happened in a few words."""

    held: bool
    why: str


@dataclass(slots=True, kw_only=True)
class Battle:
    """What a batch came to: a verdict by attack, what the witness saw, whether honest work got the
    bytes that it gets alone."""

    verdicts: dict[str, Verdict] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    harmed: list[str] = field(default_factory=list)
    seconds: float = 0.0
    summary: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Note:
    """What a worker wrote down beside a report."""

    printed: str
    said: str
    uid: int | None


def fight(level: str, attacks: Sequence[Attack]) -> Battle:
    """Hand in all `attacks` that claim to be held at `level`."""
    battle = Battle()
    began = time.monotonic()
    for target in TARGETS:
        chosen = [one for one in attacks if one.target == target and level in one.holds]
        if chosen:
            with watching() as witness:
                _fight(level, target, chosen, witness, battle)
    battle.seconds = time.monotonic() - began
    return battle


def _fight(
    level: str, target: str, attacks: Sequence[Attack], witness: Witness, battle: Battle
) -> None:
    folder = _course(target, witness)
    assignment = rubric.read(folder)
    job = batch.Job(
        folder=folder,
        out=witness.store,
        secret=SECRET,
        confinement=probe.probe(level).confinement or probe.choose(level),
    )
    handed, refused = _hand_in(attacks, assignment, witness)
    alone = _alone(replace(job, out=witness.root / "alone"), target, assignment, witness)
    queue = _mixed([one for ones in handed.values() for one in ones], alone)
    meanwhile = [_module(one).meanwhile for one in attacks if _changes_its_mind(one)]
    for change in meanwhile:
        change(witness.root / "packages")
    done = {
        one.report.student: one
        for one in batch.run(job, queue, jobs=JOBS, again=True, executor=_Noting)
    }
    notes = _notes(job)
    for attack in attacks:
        if isinstance(attack.out(level), Refused) or attack.name in refused:
            verdict = _of_refusal(attack, level, refused.get(attack.name), handed.get(attack.name))
        else:
            reports = [done[one.student] for one in handed[attack.name]]
            verdict = _of_reports(attack, level, reports, notes, witness, job)
        battle.verdicts[attack.name] = verdict
    battle.seen += witness.problems({note.uid for note in notes.values() if note.uid is not None})
    battle.harmed += [
        name
        for name in done
        if name.startswith("honest-") and _anonymous(done[name].report) != alone[1]
    ]
    battle.summary[target] = (witness.store / assignment.slug / "summary.csv").read_text()


def _course(target: str, witness: Witness) -> Path:
    """A copy of the target's two halves among the witness's folders."""
    slug = "vectors" if target == "tensors" else target
    for half in ("assignments", "reference"):
        shutil.copytree(
            TARGETS[target] / half / slug,
            witness.course / half / slug,
            ignore=shutil.ignore_patterns("__pycache__"),
        )
    folder = witness.course / "assignments" / slug
    if target == "tensors":
        file = folder / "assignment.yaml"
        file.write_text(file.read_text().replace("arrays: numpy", "arrays: torch"))
    return folder


def _hand_in(
    attacks: Sequence[Attack], assignment: Assignment, witness: Witness
) -> tuple[dict[str, list[Submission]], dict[str, list[submission.Refusal]]]:
    """What every attack hands in, by its name, and what of it belongs to nobody."""
    handed: dict[str, list[Submission]] = {}
    refused: dict[str, list[submission.Refusal]] = {}
    names: dict[str, str] = {}
    for number, attack in enumerate(attacks):
        if attack.is_package:
            place = witness.root / "packages" / attack.path.stem
            place.mkdir(parents=True)
            path = _module(attack).build(place)
        else:
            path = witness.classroom / f"{number:03}"
            _write(path / attack.student, attack, assignment, witness)
        found, nobodys = submission.collect([path], assignment)
        if nobodys:
            refused[attack.name] = nobodys
        for one in found:
            if names.setdefault(one.student, attack.name) != attack.name:
                raise ValueError(f"{attack.name} and {names[one.student]} are both {one.student}")
        handed[attack.name] = found
    return handed, refused


def hand_in_plainly(attack: Attack, folder: Path, file: str) -> None:
    """Write an attack that names no places into a folder of its own."""
    _write_text(folder, attack, file, attack.path.read_text(encoding="utf-8"))


def _write(folder: Path, attack: Attack, assignment: Assignment, witness: Witness) -> None:
    text = places.filled(attack.path.read_text(encoding="utf-8"), witness.places)
    _write_text(folder, attack, assignment.files[0], text)


def _write_text(folder: Path, attack: Attack, file: str, text: str) -> None:
    folder.mkdir(parents=True)
    (folder / file).write_text(text, encoding="utf-8")
    if attack.answers is not None:
        (folder / submission.ANSWERS).write_bytes(attack.answers.encode("utf-8", "surrogatepass"))


def _module(attack: Attack) -> Any:
    """A package's builder: code of ours."""
    spec = importlib.util.spec_from_file_location(f"package_{attack.path.stem}", attack.path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _changes_its_mind(attack: Attack) -> bool:
    """Whether a package is changed after it was read; `meanwhile(folder of all packages)` does."""
    return attack.is_package and hasattr(_module(attack), "meanwhile")


def _alone(
    job: batch.Job, target: str, assignment: Assignment, witness: Witness
) -> tuple[Submission, bytes]:
    """The honest submission, and the bytes that it gets when nobody else is there."""
    folder = witness.root / "honest"
    folder.mkdir()
    shutil.copy(HONEST[target], folder / assignment.files[0])
    honest = submission.read(folder, assignment)
    (done,) = batch.run(job, [honest], jobs=1, again=True)
    return honest, _anonymous(done.report)


def _anonymous(one: Report) -> bytes:
    return report.to_yaml(replace(one, student="honest"))


def _mixed(hostile: Sequence[Submission], alone: tuple[Submission, bytes]) -> list[Submission]:
    """The hostile ones in order, an honest one after every few, and one for each worker last."""
    queue: list[Submission] = []
    for number, one in enumerate(hostile, 1):
        queue.append(one)
        if number % EVERY == 0:
            queue.append(alone[0])
    queue += [alone[0]] * JOBS
    numbers = iter(range(len(queue)))
    return [
        replace(one, student=f"honest-{next(numbers)}") if one is alone[0] else one for one in queue
    ]


class _Noting(Executor):
    """Local processes that note what was printed and what the zygote said."""

    def __init__(self, jobs: int) -> None:
        self._pool = batch.local_processes(jobs)

    def submit(self, work: Any, /, *args: Any, **kwargs: Any) -> Any:
        return self._pool.submit(noted if work is batch.grade_one else work, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._pool.shutdown(wait, cancel_futures=cancel_futures)


def noted(job: batch.Job, one: Submission) -> batch.Done:
    """`batch.grade_one`, in a worker, with a note."""
    printed: dict[str, str] = {}
    real = grade.grade

    def keeping(*args: Any, **kwargs: Any) -> grade.Graded:
        graded = real(*args, **kwargs)
        printed.update(graded.printed)
        return graded

    with mock.patch.object(grade, "grade", keeping):
        done = batch.grade_one(job, one)
    note = {"printed": printed, "said": _said(job), "uid": job.confinement.uid and _uid()}
    folder = _notes_of(job)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{one.digest.removeprefix('sha256:')}-{os.getpid()}.json").write_text(
        json.dumps({"student": one.student, **note}), encoding="utf-8"
    )
    return done


def _uid() -> int | None:
    return probe.throw_away_uid()


def _said(job: batch.Job) -> str:
    """What this worker's zygote and its boxes wrote to the judge's side."""
    file = getattr(batch._desk(job).opener, "_said", None)
    if file is None:
        return ""
    file.seek(0)
    return str(file.read()[-(1 << 16) :].decode("utf-8", "replace"))


def _notes_of(job: batch.Job) -> Path:
    return job.out.parent / "notes"


def _notes(job: batch.Job) -> dict[str, _Note]:
    found = {}
    for path in sorted(_notes_of(job).glob("*.json")):
        note = json.loads(path.read_text(encoding="utf-8"))
        found[note["student"]] = _Note(
            printed="\n".join(note["printed"].values()), said=note["said"], uid=note["uid"]
        )
    return found


def _of_refusal(
    attack: Attack,
    level: str,
    refusals: Sequence[submission.Refusal] | None,
    graded: Sequence[Submission] | None,
) -> Verdict:
    wanted = attack.out(level)
    if not isinstance(wanted, Refused):
        assert refusals is not None
        return Verdict(held=False, why=f"it was refused: {refusals[0].reason}")
    if graded or not refusals:
        return Verdict(held=False, why="it was to be refused, and was graded")
    # The command's code for a submission that belongs to nobody is 2.
    return Verdict(held=wanted.code == 2, why=refusals[0].reason)


def _of_reports(
    attack: Attack,
    level: str,
    done: Sequence[batch.Done],
    notes: Mapping[str, _Note],
    witness: Witness,
    job: batch.Job,
) -> Verdict:
    if not done:
        return Verdict(held=False, why="nothing was graded")
    why = ""
    for one in done:
        if one.problem is not None:
            return Verdict(held=False, why=f"our side could not grade it: {one.problem}")
        wrong, why = _differs(attack, level, one.report)
        if wrong:
            return Verdict(held=False, why=wrong)
        folder = job.out / one.report.assignment / one.report.student
        texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml"))]
        if wrong := _misread(texts[0], one.report):
            return Verdict(held=False, why=wrong)
        note = notes.get(one.report.student)
        texts += [note.printed, note.said] if note else []
        if any(BREACH in text for text in texts):
            return Verdict(held=False, why=_breach(texts))
        if witness.texts_leak(texts):
            return Verdict(held=False, why="a secret of ours is in a text")
    return Verdict(held=True, why=why)


def _differs(attack: Attack, level: str, one: Report) -> tuple[str, str]:
    """How a report differs from what must come out (or nothing), and what came out."""
    wanted = attack.out(level)
    assert not isinstance(wanted, Refused)
    named = {want.item: want for want in wanted}
    came = []
    for item in one.items:
        kind = _kind(item)
        came.append(f"{item.id} {item.outcome} {kind}".rstrip())
        want = named.get(item.id)
        if want is None:
            if item.points:
                return f"{item.id} earned {item.points:g} points", ""
        elif item.outcome not in want.outcomes or (want.kinds and kind not in want.kinds):
            return f"{item.id}: {item.outcome} {kind}".rstrip() + _text_of(item), ""
    return "", "; ".join(came)


def _kind(item: ItemResult) -> str:
    if item.carried:
        return "carried"
    for finding in item.findings:
        if finding.outcome is Outcome.FAILED:
            return "mismatch" if finding.failure is None else str(finding.failure.kind)
    return ""


def _text_of(item: ItemResult) -> str:
    said = [one.message for one in item.findings if one.message]
    return f" ({said[0]})" if said else ""


def _misread(text: str, one: Report) -> str:
    """What is wrong with a report as text: it must be plain, and hold what it holds."""
    if bad := [line for line in text.split("\n") if not is_inert(line)]:
        return f"the report holds characters that cannot be seen: {ascii(bad[0])[:100]}"
    value = yaml.safe_load(text)
    if [item["id"] for item in value["items"]] != [item.id for item in one.items]:
        return "another reader of YAML finds other items"
    if value["student"] != one.student or value["points"] != one.points:
        return "another reader of YAML finds another student or other points"
    if report.from_yaml(text.encode()) != report.from_yaml(report.to_yaml(one)):
        return "the report does not read back as what was written"
    return ""


def _breach(texts: Sequence[str]) -> str:
    text = next(text for text in texts if BREACH in text)
    at = text.index(BREACH)
    return " ".join(text[at : at + 160].split())
