from __future__ import annotations

import ast

import pytest

from grader.scopes import Scopes


def scopes(text: str) -> Scopes:
    read = Scopes()
    read.read("a.py", text, "a")
    return read


def units(text: str, name: str) -> list[str]:
    return [ast.unparse(unit.node) for unit in scopes(text).units["a", name]]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("def f(): pass", "f"),
        ("class f: pass", "f"),
        ("f = 1", "f"),
        ("(f, g) = (1, 2)", "f"),
        ("f += 1", "f"),
        ("f: int = 1", "f"),
        ("import f.g", "f"),
        ("from g import h as f", "f"),
        ("f['g'] = 1", "f"),
        ("f.g = 1", "f"),
        ("f.append(1)", "f"),
        ("setattr(f, 'g', 1)", "f"),
    ],
)
def test_a_statement_at_top_level_belongs_to_what_it_binds_or_changes(text, name):
    assert units(text, name) == [ast.unparse(ast.parse(text))]


@pytest.mark.parametrize(
    "text",
    [
        "if x:\n    f = 1",
        "if x:\n    pass\nelse:\n    f = 1",
        "try:\n    pass\nexcept E:\n    f = 1",
        "try:\n    pass\nfinally:\n    f = 1",
        "with x:\n    f = 1",
        "for x in y:\n    f = 1",
        "while x:\n    f = 1",
        "match x:\n    case 1:\n        f = 1",
    ],
)
def test_what_stands_in_other_statements_stands_at_top_level(text):
    assert units(text, "f") == ["f = 1"]


def test_what_only_runs_as_a_script_is_left_out():
    text = "if __name__ == '__main__':\n    f = 1\nelse:\n    f = 2"

    assert units(text, "f") == ["f = 2"]


def test_a_function_that_declares_a_name_global_belongs_to_it():
    assert len(units("def g():\n    f = 1\n    global f", "f")) == 1
    assert "f" in scopes("def g():\n    f = 1\n    global f").modules["a"].bound


def test_a_name_is_looked_up_past_the_class_round_a_function():
    read = scopes("x = 1\nclass A:\n    x = 2\n    def f(self): return x")
    (unit,) = read.units["a", "A"]
    (scope,) = {
        at
        for node, at in read.walk(unit.node, read.modules["a"])
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }

    assert scope.holder("x") is read.modules["a"]


def test_a_walk_that_is_not_deep_leaves_bodies_of_functions_out():
    read = scopes("@d\ndef f(x=e): return g")
    (unit,) = read.units["a", "f"]
    walked = read.walk(unit.node, read.modules["a"], deep=False)

    assert [node.id for node, _ in walked if isinstance(node, ast.Name)] == ["e", "d"]


def test_a_source_s_own_warnings_are_not_ours():
    assert units(r"f = '\d'", "f") == [r"f = '\\d'"]
