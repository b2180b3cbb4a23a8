from __future__ import annotations

import json

import pytest

from grader.errors import NotebookError
from grader.reading import ipynb
from tests.notebooks.forms import code, markdown, notebook


def cells(*cells, **more):
    return ipynb.code_cells(json.dumps(notebook(list(cells), **more)).encode())


def test_cells_are_counted_from_1_with_those_of_text():
    found = cells(markdown("a"), code("x"), markdown("b"), code("y"))

    assert [(cell.number, cell.text) for cell in found] == [(2, "x"), (4, "y")]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_are_those_of_python(end):
    assert cells(code(f"a{end}b"))[0].text == "a\nb"


@pytest.mark.parametrize(
    "value",
    ["[[[]]]", '{"]": "}", "\\"": ["\\\\"]}', "-1.5e3", "true", '"]}"', "NaN", '[1,"a",{"b":[]}]'],
)
def test_what_is_passed_over_may_hold_anything(value):
    data = f'{{"a": {value}, "cells": [{{"x": {value}, "cell_type": "code", "source": "1"}}]}}'

    assert [cell.text for cell in ipynb.code_cells(data.encode())] == ["1"]


def test_names_may_be_written_with_escapes():
    data = rb'{"\u0063ells": [{"cell\u005ftype": "code", "source": "\u0031"}]}'

    assert [cell.text for cell in ipynb.code_cells(data)] == ["1"]


BROKEN = {
    "": "is not a notebook: it is empty.",
    "  \n": "is not a notebook: it is empty.",
    "17": "is not a notebook: it is not JSON.",
    "<html>": "is not a notebook, but a web page. Download the notebook itself.",
    "version https://git-lfs.github.com/spec/v1": "is not a notebook, but what stands for a large "
    "file.",
    "{}": 'is not a notebook: it is JSON without "cells".',
    '{"cells": 3}': 'is not a notebook: it is JSON without "cells".',
    '{"cells": []} {': "is not a notebook: more follows after its end at byte 14.",
    '{"cells": [': "breaks off: its end is missing. Save it and hand it in once more.",
    '{"cells": "': "breaks off: its end is missing. Save it and hand it in once more.",
    '{"cells" [}': "is not a notebook: its JSON is broken at line 1.",
    '{\n"cells": [}': "is not a notebook: its JSON is broken at line 2.",
    '{"a": [1 2 }': "breaks off: its end is missing. Save it and hand it in once more.",
    '{"cells": [{"cell_type": "code", "source": nothing}]}': "is not a notebook: its JSON is "
    "broken at line 1.",
    '{"cells": [{"cell_type": "code", "source": ["a", 1]}]}': "holds a code cell whose source is "
    "not text.",
}


@pytest.mark.parametrize("data", BROKEN, ids=range(len(BROKEN)))
def test_what_is_no_notebook_is_said(data):
    with pytest.raises(NotebookError) as caught:
        ipynb.code_cells(data.encode())

    assert str(caught.value) == BROKEN[data]


def test_too_many_cells_are_refused(monkeypatch):
    monkeypatch.setattr(ipynb, "MAX_CELLS", 3)

    with pytest.raises(NotebookError, match="more than 3 cells"):
        cells(*[code("x")] * 4)


def test_too_much_code_is_refused_before_it_is_built():
    with pytest.raises(NotebookError, match="more than 1 MiB in its code cells"):
        cells(code("x" * ipynb.MAX_CODE_BYTES))


def test_keys_count_as_steps(monkeypatch):
    monkeypatch.setattr(ipynb, "MAX_STEPS", 10)

    with pytest.raises(NotebookError, match="too much beside its code"):
        ipynb.code_cells(b"{" + b'"a":0,' * 11 + b'"cells":[]}')
