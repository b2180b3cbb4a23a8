"""Ways to write cells as an .ipynb: versions, what Jupyter leaves in a file, and damage."""

from __future__ import annotations

import json
from typing import Any

Cells = list[dict[str, Any]]
PICTURE = "iVBORw0KGgoAAAANSUhEUgAA" * 100


def markdown(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def code(source: str) -> dict[str, Any]:
    start = {"cell_type": "code", "execution_count": None, "metadata": {}}
    return {**start, "outputs": [], "source": source}


def notebook(cells: Cells, **more: Any) -> dict[str, Any]:
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    start = {"nbformat": 4, "nbformat_minor": 4, "metadata": {"kernelspec": kernel}}
    return {"cells": cells, **start, **more}


def _bytes(value: Any) -> bytes:
    return json.dumps(value, indent=1, ensure_ascii=False).encode()


def _changed(cells: Cells, **more: Any) -> Cells:
    return [{**cell, **more} if cell["cell_type"] == "code" else cell for cell in cells]


def version_4_5(cells: Cells) -> bytes:
    return _bytes(notebook([{**cell, "id": "a1b2c3d4"} for cell in cells], nbformat_minor=5))


def version_4_0(cells: Cells) -> bytes:
    return _bytes(notebook(cells, nbformat_minor=0))


def version_3(cells: Cells) -> bytes:
    old: Cells = []
    for cell in cells:
        if cell["cell_type"] == "code":
            kept = {"cell_type": "code", "language": "python", "collapsed": False, "metadata": {}}
            source = cell["source"].splitlines(keepends=True)
            outputs = [{"output_type": "pyout", "text": ["3"], "prompt_number": 1, "metadata": {}}]
            old.append({**kept, "input": source, "outputs": outputs, "prompt_number": 1})
        else:
            old.append(cell)
    heading = {"cell_type": "heading", "level": 1, "metadata": {}, "source": "Vectors"}
    sheets = [{"cells": [old[0], heading], "metadata": {}}, {"cells": old[1:], "metadata": {}}]
    start = {"metadata": {"name": "vectors"}, "nbformat": 3, "nbformat_minor": 0}
    return _bytes({**start, "worksheets": sheets})


def no_version(cells: Cells) -> bytes:
    return _bytes({"cells": cells})


def future_version(cells: Cells) -> bytes:
    return _bytes(notebook(cells, nbformat=5, nbformat_minor=17, tabs=[{"cells": 3}]))


def no_kernelspec(cells: Cells) -> bytes:
    return _bytes(notebook(cells, metadata={}))


def odd_kernelspec(cells: Cells) -> bytes:
    kernel = {"display_name": "my env", "language": "python", "name": "python2712jvsc74a"}
    about = {"kernelspec": kernel, "language_info": {"name": "R", "version": "2.7.12"}}
    return _bytes(notebook(cells, metadata=about))


def broken_metadata(cells: Cells) -> bytes:
    bare = [{key: cell[key] for key in ("cell_type", "source")} for cell in cells]
    return _bytes(notebook([{**cell, "metadata": "none"} for cell in bare], metadata=[1, None]))


def saved_outputs(cells: Cells) -> bytes:
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": ["среднее: [1. 2.]\n", '"]}\\']},
        {"output_type": "display_data", "metadata": {}, "data": {"image/png": PICTURE}},
        {"output_type": "execute_result", "metadata": {}, "data": {"text/html": '<a href="]">'}},
        {"output_type": "error", "ename": "NameError", "evalue": "x", "traceback": ["\x1b[0;31m"]},
        {"output_type": "pyout", "cells": [code("raise SystemExit")]},
    ]
    return _bytes(notebook(_changed(cells, outputs=outputs)))


def hundred_megabytes(cells: Cells) -> bytes:
    one = {"output_type": "display_data", "metadata": {}, "data": {"image/png": ""}}
    data = _bytes(notebook(_changed(cells, outputs=[one])))
    each = 100_000_000 // data.count(b'"image/png": ""')
    return data.replace(b'"image/png": ""', b'"image/png": "%s"' % (b"iVBORw0K" * (each // 8)))


def out_of_order(cells: Cells) -> bytes:
    counts = iter([7, 3, 3, None, 12, 1])
    return _bytes(notebook([{**cell, "execution_count": next(counts)} for cell in cells]))


def attachments(cells: Cells) -> bytes:
    pasted = {"source.png": {"image/png": PICTURE}}
    widgets = {"application/vnd.jupyter.widget-state+json": {"state": {"a": {"source": "x ="}}}}
    first = {**cells[0], "attachments": pasted}
    return _bytes(notebook([first, *cells[1:]], metadata={"widgets": widgets}))


def nbgrader(cells: Cells) -> bytes:
    about = {"nbgrader": {"grade": True, "grade_id": "cell-1", "locked": False, "points": 2}}
    return _bytes(notebook(_changed(cells, metadata=about)))


def duplicate_keys(cells: Cells) -> bytes:
    text = version_4_0(cells).decode()
    text = text.replace('"source": "def', '"source": "1 / 0", "source": "def')
    return text.replace('{\n "cells"', '{"cells": [{"cell_type": "code"}],\n "cells"', 1).encode()


def nan_constants(cells: Cells) -> bytes:
    about = {"bad": float("nan"), "worse": [float("inf"), -float("inf")]}
    return _bytes(notebook(_changed(cells, metadata=about, execution_count=float("nan"))))


def byte_order_mark(cells: Cells) -> bytes:
    return b"\xef\xbb\xbf" + version_4_0(cells)


def unknown_cell_types(cells: Cells) -> bytes:
    odd = [
        {"cell_type": "raw", "metadata": {}, "source": "raise SystemExit"},
        {"cell_type": "sql", "source": "SELECT"},
        {"source": "no kind"},
        {"cell_type": ["code"], "source": "1 / 0"},
        {},
        17,
        None,
        [["code"]],
    ]
    return _bytes(notebook([cells[0], *odd, *cells[1:]]))


def source_as_lines(cells: Cells) -> bytes:
    lines = [
        {**one, "source": one["source"].replace("\n", "\r\n").splitlines(keepends=True)}
        for one in cells
    ]
    return _bytes(notebook(lines))


def invalid_utf_8_in_an_output(cells: Cells) -> bytes:
    return saved_outputs(cells).replace("среднее".encode(), b"\xff\xfe\xed\xa0\x80")


def invalid_utf_8(cells: Cells) -> bytes:
    return version_4_0(cells).replace(b"def ", b"# \xff\\ndef ", 1)


def utf_16(cells: Cells) -> bytes:
    return version_4_0(cells).decode().encode("utf-16")


def truncated(cells: Cells) -> bytes:
    whole = version_4_0(cells)
    return whole[: len(whole) // 2]


def empty_file(cells: Cells) -> bytes:
    return b""


def python_file(cells: Cells) -> bytes:
    return "\n".join(cell["source"] for cell in cells[1:]).encode()


def json_of_something_else(cells: Cells) -> bytes:
    return _bytes({"name": "package", "version": "1.0", "cells": 3})


def deeply_nested(cells: Cells) -> bytes:
    deep = b"[" * 100_000 + b"]" * 100_000
    return version_4_0(cells).replace(b'"import numpy as np"', deep).replace(b"\n", b"")


def too_much_code(cells: Cells) -> bytes:
    return version_4_0([*cells, code("data = [\n" + "1, 2, 3,\n" * 8_000 + "]")])


def too_many_brackets(cells: Cells) -> bytes:
    return version_4_0(cells).replace(b'"outputs": []', b'"outputs": [%s0]' % (b"[]," * 2_100_000))


def source_is_a_number(cells: Cells) -> bytes:
    return version_4_0([*cells, {**code(""), "source": 7}])
