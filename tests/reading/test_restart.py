from __future__ import annotations

import ast

import pytest

from grader.reading import restart
from grader.reading.restart import Early


def early(*cells):
    return restart.early((number, ast.parse(text)) for number, text in enumerate(cells, start=1))


def test_a_name_of_a_later_cell():
    assert early("print(x)", "x = 1") == [Early("x", 1, 2)]


def test_a_name_of_no_cell():
    assert early("print(x)") == [Early("x", 1, None)]


def test_a_later_line_of_the_same_cell():
    assert early("x + 1\nx = 2") == [Early("x", 1, 1)]


def test_each_name_is_told_once():
    assert early("x", "x + x", "x = 1") == [Early("x", 1, 3)]


@pytest.mark.parametrize("line", ["x = x + 1", "x += 1", "x = [x for y in x]", "a = b = x"])
def test_an_assignment_uses_its_names_first(line):
    assert early(line, "x = 1") == [Early("x", 1, 1 if line[0] == "x" else 2)]


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    return x",
        "f = lambda: x",
        "[y for y in range(3)]",
        "a = [y for y in range(3)]",
        "for i in range(3):\n    i + 1",
        "import numpy as np\nnp.ones(3)",
        "import a.b\na.b.c",
        "with open('x') as file:\n    file.read()",
        "try:\n    pass\nexcept ValueError as error:\n    print(error)",
        "def f(n=3): pass\nf()",
        "class C:\n    a = 1\n    b = a",
        "if (n := 3) > 2:\n    print(n)",
        "match 3:\n    case [a, *b]: print(a, b)\n    case {'c': c, **d}: print(c, d)",
        "display(_, __, _1, _i1, In, Out, get_ipython())",
        "print(__name__, len, ValueError)",
    ],
)
def test_nothing_is_wrong_with(text):
    assert early(text) == []


@pytest.mark.parametrize("text", ["def f(n=x): pass", "@x\ndef f(): pass", "class C(x): pass"])
def test_a_definition_uses_what_stands_outside_its_body(text):
    assert early(text) == [Early("x", 1, None)]


def test_with_everything_of_a_module_imported_nothing_can_be_told():
    assert early("from numpy import *", "ones(x)") == []
