from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from grader import rubric
from grader.proof import know_nothings
from grader.questions import Answer, Arguments, Question, Ref
from tests.specimens import ROOT

ASSIGNMENT = rubric.read(ROOT / "tests/courses/assignments/vectors")
X = np.array([[1.0, -2.0], [3.0, -4.0]])


def module_of(kind, functions):
    namespace: dict[str, object] = {}
    exec(know_nothings.source(kind, functions), namespace)
    return SimpleNamespace(**namespace)


@pytest.mark.parametrize(
    ("kind", "output", "slope"),
    [
        ("identity", X, np.ones_like(X)),
        ("zero", 0 * X, 0 * X),
        ("absolute", abs(X), np.sign(X)),
        ("square", X * X, 2 * X),
    ],
)
def test_a_know_nothing_is_a_function_with_its_true_slope(kind, output, slope):
    one = module_of(kind, {"scale_forward": "forward", "scale_backward": 1})

    out, cache = one.scale_forward(X)

    assert np.array_equal(out, output)
    assert np.array_equal(one.scale_backward(3 * np.ones_like(X), cache), 3 * slope)


def test_further_gradients_are_zeros_of_the_shapes_of_the_arguments():
    one = module_of("identity", {"scale_forward": "forward", "scale_backward": 2})

    _, cache = one.scale_forward(X, np.array([5.0, 6.0]))
    dx, dfactor = one.scale_backward(X, cache)

    assert np.array_equal(dx, X)
    assert np.array_equal(dfactor, np.zeros(2))


def test_other_functions_give_what_the_reference_gave_in_kind():
    one = module_of("zero", {"share": "number", "mean": (2,)})

    assert one.share(X) == 0.0
    assert np.array_equal(one.mean(X, np.ones(2)), np.zeros(2))


def test_what_a_function_gives_is_read_from_the_references_answers():
    def asked(id, target, value, *arguments):
        question = Question(
            id=id,
            verb="call",
            target=target,
            calls=(Arguments(positional=arguments),),
            returns=ASSIGNMENT.returns_of(target),
        )
        return question, Answer(question=id, values=(value,))

    held = Ref(question=0, part=0)
    dialogue = [
        asked(0, "center_forward", (X, held), X),
        asked(1, "center_backward", (X, X), X, held),
        asked(2, "running_mean", np.zeros(3), np.zeros(3), 0.9),
        asked(3, "share", 0.5, X),
    ]

    assert know_nothings.forms(ASSIGNMENT, [dialogue]) == {
        "center_forward": "forward",
        "center_backward": 2,
        "running_mean": (3,),
        "share": "number",
    }


def test_families_of_one_signature_are_renamed_to_each_other():
    source = """
def a_forward(x): ...
def a_backward(dout, cache): ...
def b_forward(x): ...
def b_backward(dout, cache): ...
def c_forward(x, factor): ...
"""

    renamed = know_nothings.renamed(ASSIGNMENT, {"vectors.py": source})

    assert {one.name: one.overlay.splitlines() for one in renamed} == {
        "a as b": ["b_forward = a_forward", "b_backward = a_backward"],
        "b as a": ["a_forward = b_forward", "a_backward = b_backward"],
    }
