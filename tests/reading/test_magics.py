from __future__ import annotations

import ast

import pytest

from grader.reading import magics


@pytest.mark.parametrize(
    ("line", "becomes"),
    [
        ("%matplotlib inline", "pass"),
        ("if x:\n    %cd /content", "if x:\n    pass"),
        ('!ls -la | grep "it\'s"', "pass"),
        ("!!ls", "pass"),
        ("np.mean?", "pass"),
        ("np.mean??  # what is it", "pass"),
        ("?np.mean", "pass"),
        ("files = !ls", "files = get_ipython()"),
        ("files=%sx ls", "files= get_ipython()"),
        ("a.b[0], c = !ls", "a.b[0], c = get_ipython()"),
        ("%time x = f(3)", "x = f(3)"),
        ("%timeit f(3)", "pass"),
        ("%time -q f(3)", "pass"),
        ("x = 7 % 3", "x = 7 % 3"),
        ("x != 3", "x != 3"),
        ("x = y != 3", "x = y != 3"),
        ("x %= 3", "x %= 3"),
        ("# is it?", "# is it?"),
        ("'a string?'", "'a string?'"),
        ("pip = 3", "pip = 3"),
    ],
)
def test_a_line_becomes(line, becomes):
    assert magics.python_of(line) == becomes


@pytest.mark.parametrize("line", ["pip install x", "cd ..", "ls -la", "git clone http://a.example"])
def test_commands_are_magics_only_where_nothing_else_helps(line):
    assert magics.python_of(line) == line
    assert magics.python_of(line, commands=True) == "pass"


@pytest.mark.parametrize(
    "text", ["rm = x", "cd(3)", "pip.main()", "git [0]", "ls, = x", "cat += 1"]
)
def test_names_that_are_commands_elsewhere_stay_python(text):
    assert magics.python_of(text, commands=True) == text


@pytest.mark.parametrize(
    "text",
    [
        'x = """\n%not\n!this\n"""',
        "x = '''it's\n!ls\n'''",
        "x = (7\n% 3)",
        "x = [\n    7\n    % 3,\n]",
        "x = 7 \\\n% 3",
        "def f():\n    '''\n    what?\n    '''",
    ],
)
def test_what_is_within_strings_and_brackets_stays(text):
    assert magics.python_of(text) == text


def test_a_magic_after_a_string_of_many_lines_is_one():
    assert magics.python_of('x = """\n%a\n"""\n%b') == 'x = """\n%a\n"""\npass'


def test_a_shell_line_may_go_on():
    assert magics.python_of("!pip install \\\n  a \\\n  b\nx = 1") == "pass\n\n\nx = 1"


def test_every_line_keeps_its_number():
    text = "%a\n\n!b \\\n c\nd?\nx = !e\n%%f\n"

    assert magics.python_of(text).count("\n") == text.count("\n")


def test_pylab_is_its_imports():
    tree = ast.parse(magics.python_of("%pylab inline"))

    assert all(isinstance(one, (ast.Import, ast.ImportFrom)) for one in tree.body)


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("%%time\nx = 1", "time"),
        ("\n# a comment\n%%bash\nls", "bash"),
        ("%%", ""),
        ("%time x", None),
        ("x = 1\n%%time", None),
        ("", None),
    ],
)
def test_the_magic_of_a_cell(cell, name):
    assert magics.cell_magic(cell) == name
