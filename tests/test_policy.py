from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.exports.phrases import phrases
from grader.findings import POLICY, Finding, Outcome
from grader.inert import is_inert
from grader.policy import HINT, Watch, called, sentence
from grader.questions import Answer, Question, Ref
from grader.rubric import Policy

FLAG = Policy(forbid=("torch.autograd", "torch.nn.functional"))
FAIL = Policy(forbid=FLAG.forbid, action="fail")
SOURCE = """\
import torch
import torch.nn.functional as F

def slope(x):
    return torch.autograd.grad(x)

def forward(x):
    return F.relu(x), x

def backward(dout, cache):
    return slope(dout) + F.relu(cache)

def honest(x):
    return torch.relu(x)
"""


def watch(text: str = SOURCE) -> Watch:
    return Watch({"a.py": text}, {}, {})


def told(findings: list[Finding]) -> list[tuple[Outcome, str]]:
    return [(one.outcome, str(one.message)) for one in findings]


def test_an_item_that_breaks_a_policy_fails_with_the_place():
    assert told(watch().findings(FAIL, ["forward"])) == [
        (
            Outcome.FAILED,
            "forward uses torch.nn.functional.relu, which this assignment does not allow (a.py:8)",
        )
    ]


def test_a_flag_passes_and_is_for_a_person():
    (finding,) = watch().findings(FLAG, ["forward"])

    assert (finding.check, finding.outcome, finding.hint) == (POLICY, Outcome.PASSED, HINT)
    assert finding.flagged == (
        "forward uses torch.nn.functional.relu, which this assignment does not allow (a.py:8)"
    )


def test_what_a_function_reaches_is_told_with_both_names():
    finding = watch().findings(FAIL, ["backward"])[1]

    assert finding.message == (
        "backward uses torch.autograd.grad, which this assignment does not allow (a.py:5, slope)"
    )


def test_a_finding_holds_in_its_parts_what_it_says():
    (finding,) = watch().findings(FAIL, ["forward"])
    evidence = finding.evidence

    assert evidence is not None
    assert (evidence.what, evidence.given, evidence.expected, evidence.note) == (
        "forward",
        "torch.nn.functional.relu",
        "no torch.nn.functional",
        "a.py:8",
    )


def test_names_that_cannot_be_seen_are_written_out():
    text = "import torch\ndef g\u1160(): torch.autograd.\u3164\ndef f(): g\u1160()"
    (finding,) = watch(text).findings(FAIL, ["f"])

    assert is_inert(str(finding.message))


def test_an_item_has_one_finding_for_each_entry():
    text = "import torch\ndef f():\n torch.autograd.grad\n torch.autograd.backward"

    assert len(watch(text).findings(FAIL, ["f"])) == 1


@pytest.mark.parametrize("functions", [["honest"], ["nobody_wrote_this"], []])
def test_an_honest_item_hears_nothing(functions):
    assert watch().findings(FAIL, functions) == []


@pytest.mark.parametrize("policy", [Policy(), Policy(action="fail")])
def test_a_policy_that_forbids_nothing_says_nothing(policy):
    assert watch("exec('def f(): pass')").findings(policy, ["f"]) == []


def test_what_is_flagged_is_flagged_once():
    one = watch()
    counts = [len(one.findings(FLAG, ["forward"])), len(one.findings(FLAG, ["forward", "honest"]))]

    assert counts == [1, 0]


def test_every_item_that_reaches_it_fails():
    one = watch()
    counts = [len(one.findings(FAIL, functions)) for functions in (["forward"], ["forward"])]

    assert counts == [1, 1]


def test_a_flag_before_saves_nobody():
    one = watch()
    one.findings(FLAG, ["forward"])

    assert [finding.outcome for finding in one.findings(FAIL, ["forward"])] == [Outcome.FAILED]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("def f(x): return eval('x')", "f uses eval, which hides what it does (a.py:1)"),
        ("def f(x): pass\nexec('f = 1')", "a.py uses exec, which hides what it does (a.py:2)"),
        (
            "def f(x): return x" + " .b" * 900,
            "a.py uses source that cannot be read, which hides what it does (a.py:1)",
        ),
        (
            "def f(x) return x",
            "a.py uses source that cannot be read, which hides what it does (a.py:1)",
        ),
    ],
)
def test_where_nobody_can_tell_nobody_loses_points(text, message):
    assert told(watch(text).findings(FAIL, ["f"])) == [(Outcome.PASSED, f"flagged: {message}")]


@pytest.mark.parametrize("text", [SOURCE, "def f(x): return eval('x')", "def f("])
def test_a_finding_can_be_told_in_russian(text):
    for finding in watch(text).findings(FLAG, ["f", "forward"]):
        assert finding.evidence is not None
        assert "использует" in sentence(finding.evidence, phrases("ru"))
        assert "uses" not in sentence(finding.evidence, phrases("ru"))


def test_the_hint_can_be_told_in_russian():
    assert phrases("ru")(HINT) != HINT


def ask(target: Any, verb: Any = "call") -> tuple[Question, Answer]:
    return Question(id=0, verb=verb, target=target), Answer(question=0)


def test_the_functions_of_an_item_are_those_that_its_checks_call():
    dialogue = [ask("f"), ask("", "keep"), ask(Ref(question=0, part=0)), ask("g"), ask("f")]

    assert called([dialogue, [ask("h")]], ["a.py"]) == ["f", "g", "h"]


def test_a_class_of_a_file_that_a_check_makes_is_called_too():
    dialogue = [ask("a.Net", "make"), ask("torch.Generator", "make"), ask("a.Net.build", "make")]

    assert called([dialogue], ["a.py"]) == ["Net"]


NAMES = st.sampled_from(["forward", "backward", "honest", "slope", "missing"])


@given(st.lists(st.lists(NAMES, max_size=4), max_size=5))
def test_flags_never_cost_anything_and_are_never_told_twice(items):
    one = watch()
    found = [finding for functions in items for finding in one.findings(FLAG, functions)]

    assert all(finding.outcome is Outcome.PASSED and finding.flagged for finding in found)
    places = [(one.evidence.note, one.evidence.given) for one in found if one.evidence]
    assert len(set(places)) == len(places)


@given(st.lists(NAMES, max_size=4, unique=True), st.lists(NAMES, max_size=4, unique=True))
def test_an_item_fails_by_its_own_functions_whatever_was_asked_before(before, functions):
    one = watch()
    one.findings(FAIL, before)

    assert one.findings(FAIL, functions) == watch().findings(FAIL, functions)
