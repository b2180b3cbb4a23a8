"""Texts: answers as far as a line of the report, YAML as such, reports to resume from."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from typing import Any

from grader import answers, report, scoring, yamlfile
from grader.errors import SubmissionError, UsageError
from grader.findings import Finding, Outcome
from grader.inert import is_inert
from grader.questions import Failure
from grader.report import Provenance, Report
from grader.rubric import Item, Title
from grader.scoring import Judged
from grader.submission import Submission
from tests.fuzz.mutations import Format, mutated
from tests.fuzz.readers import MIB, REFUSED, ROOT, VALUE, Reader, refused
from tests.values import same

KEYS: tuple[answers.Key, ...] = (
    answers.NumberKey(value=0.25, relative=0.01),
    answers.NumberKey(value=0.0, absolute=1e-3),
    answers.ChoiceKey(choice="b"),
    answers.ChoicesKey(choices=frozenset("ac")),
)
ITEM = Item(id="questions.slope", title=Title(en="Slope", ru="Наклон"), points=1.0, kind="answer")
PROVENANCE = Provenance(
    submission="sha256:0",
    course="sha256:0",
    engine="0",
    runtime={"python": "3", "numpy": "2"},
    device="cpu",
    isolation="landlock",
    seed="0",
)
YAML = Format(
    words=(
        *(
            b"slope: ",
            b"\nslope: ",
            b"questions.slope: ",
            b"- ",
            b"\n- ",
            b": ",
            b"? ",
            b"|\n ",
            b"&a ",
        ),
        *(
            b"*a",
            b"!!python/object/apply:os.system ",
            b"!!binary ",
            b"%YAML 1.1\n",
            b"---\n",
            b"...\n",
        ),
        *(
            b"#",
            b"'",
            b'"',
            b"\t",
            b"\r",
            b"\xef\xbb\xbf",
            b"\xc2\x85",
            b"\xe2\x80\xa8",
            b"\x00",
            b"\xff",
        ),
        *(
            b'"\\ud800"',
            b'"\\x00"',
            b"<<: ",
            b"~",
            b"null",
            b"=cmd()",
            b"::error::",
            b">-\n",
            b"\xed\xa0\x80",
        ),
        *("\u202e".encode(), "½".encode(), "٣".encode(), b"0o17", b"1_0", b"1:30", b"2020-01-01"),
    ),
    brackets=(
        (b"[", b"]"),
        (b"{a: ", b"}"),
        (b"- ", b""),
        (b"? ", b""),
        (b"\n ", b""),
        (b"!a ", b""),
    ),
    most=80_000,
)


@cache
def texts() -> tuple[bytes, ...]:
    """Files of answers as students write them."""
    written = (
        *(b"slope: 0.25\n", b"# What?\nslope:\n", b"slope: [a, c]\nother: 'b'\n", b"slope: b, c\n"),
        *(b'{"slope": -1.5e-3}\n', b"slope: |\n  a\n  b\n", b"slope: '0,25'\n", b"", b"- 1\n- 2\n"),
        *(
            b"slope: .nan\nquestions.slope: .inf\n",
            b"slope: &x 1\nother: *x\n",
            b"slope: {a: {b: 1}}\n",
        ),
        "slope: «ответ»\nдругой: 3\n".encode(),
    )
    handed_in = sorted(ROOT.glob("tests/courses/submissions/*/answers.yaml"))
    handed_in += sorted(ROOT.glob("assignments/*/answers.yaml"))
    return (*written, *(path.read_bytes() for path in handed_in))


def make_answers(chance: random.Random) -> bytes:
    return mutated(chance, chance.choice(texts()), texts(), YAML)


def read_answers(data: bytes) -> str:
    handed = Submission(
        student="ada",
        files={},
        answers=data,
        digest="sha256:0",
        problem=None,
        answers_problem=None,
        origin=Path(),
    )
    given = answers.read_answers(handed)
    assert isinstance(given, (answers.Answers, Failure))
    for key in KEYS:
        finding = answers.judge(ITEM.id, given, key)
        assert finding.outcome in (Outcome.PASSED, Outcome.FAILED)
        assert is_inert(finding.message or "")
        if finding.outcome is Outcome.FAILED:
            _is_told(finding)
    return REFUSED if isinstance(given, Failure) else VALUE


def _is_told(finding: Finding) -> None:
    """A report that holds the finding reads back as what it says."""
    result = scoring.score(ITEM, [Judged(finding.check, (), finding)], {})
    text = report.to_yaml(report.assemble("slug", "ada", [result], PROVENANCE))
    assert all(map(is_inert, text.decode().splitlines()))
    if len(text) % 16 == 0:  # reading back is what costs
        again = report.from_yaml(text)
        assert again.items[0].findings[0].message == finding.message
        assert report.to_yaml(again) == text


# YAML as such, with aliases too; and the reports that a class resumes from.


def make_yaml(chance: random.Random) -> bytes:
    return mutated(chance, chance.choice((*texts(), *reports())), texts(), YAML)


def read_yaml(data: bytes) -> str:
    came = []
    for aliases in (False, True):
        try:
            document = yamlfile.load(
                data, name="work.yaml", max_bytes=MIB, aliases=aliases, error=SubmissionError
            )
        except SubmissionError as broken:
            refused(broken, "work.yaml")
        else:
            came.append(document)
            assert set(map(type, _leaves(document.value))) <= {str, int, float, bool, type(None)}
    if not came:
        return REFUSED
    if data.count(b"*") == 0:  # a dump writes out what an alias only points at
        again = yamlfile.load(yamlfile.dump(came[0].value).encode(), max_bytes=16 * MIB)
        assert same(again.value, came[0].value) or "\\u" in yamlfile.dump(came[0].value)
    return VALUE


def _leaves(value: Any) -> list[Any]:
    """The scalars of a document; what an alias repeats is looked at once."""
    seen: set[int] = set()
    waiting, found = [value], []
    while waiting:
        one = waiting.pop()
        if isinstance(one, (dict, list)):
            if id(one) not in seen:
                seen.add(id(one))
                waiting += one.values() if isinstance(one, dict) else one
        else:
            found.append(one)
    return found


@cache
def reports() -> tuple[bytes, ...]:
    golden = ROOT / "tests" / "golden" / "report.yaml"
    return (golden.read_bytes(),)


REPORT = Format(
    words=(*YAML.words, b"points: ", b"schema: grader.report/1\n", b"outcome: passed", b"items:\n"),
    brackets=YAML.brackets,
)


def make_report(chance: random.Random) -> bytes:
    return mutated(chance, reports()[0], (*reports(), *texts()), REPORT)


def read_report(data: bytes) -> str:
    try:
        one = report.from_yaml(data)
    except UsageError as broken:
        return refused(broken, "report.yaml")
    assert isinstance(one, Report)
    assert report.from_yaml(report.to_yaml(one)).student
    return VALUE


ANSWERS = Reader(
    name="answers", make=make_answers, read=read_answers, per_byte=256, floor=4 * MIB, share=25
)
DOCUMENTS = Reader(
    name="documents", make=make_yaml, read=read_yaml, per_byte=256, floor=4 * MIB, share=10
)
REPORTS = Reader(
    name="reports", make=make_report, read=read_report, per_byte=1200, floor=4 * MIB, share=5
)
