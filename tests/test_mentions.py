from __future__ import annotations

import ast
import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.mentions import MOST, Mention, Mentions

FORBIDDEN = ("torch.nn.functional", "torch.autograd", "numpy.mean", ".backward")
FIRST, AUTOGRAD = "torch.nn.functional", "torch.autograd"


def mentions(text: str, function: str = "f", *, forbidden=FORBIDDEN, **more) -> list[Mention]:
    sources = Mentions({"a.py": text, **more}, {}, {}, forbidden)
    return [*sources.of(function)]


def entries(text: str, function: str = "f", **more) -> set[str | None]:
    return {one.entry for one in mentions(text, function, **more)}


@pytest.mark.parametrize(
    "text",
    [
        "import torch\ndef f(x): return torch.nn.functional.relu(x)",
        "import torch.nn.functional\ndef f(x): return torch.nn.functional.relu(x)",
        "import torch.nn.functional as F\ndef f(x): return F.relu(x)",
        "from torch import nn\ndef f(x): return nn.functional.relu(x)",
        "from torch.nn import functional\ndef f(x): return functional.relu(x)",
        "from torch.nn.functional import relu as g\ndef f(x): return g(x)",
        "from torch.nn.functional import *\ndef f(x): return relu(x)",
        "from torch import *\ndef f(x): return nn.functional.relu(x)",
        "from torch.nn.functional import relu as f",
        "import torch.nn.functional as F\nf = F.relu",
        "import torch.nn.functional as F\nf = lambda x: F.relu(x)",
        "import torch as t\nu = t.nn\nF = u.functional\ndef f(x): return F.relu(x)",
        "F = u.functional\nu = t.nn\nimport torch as t\ndef f(x): return F.relu(x)",
        "import torch as F\nF = F.nn\nF = F.functional\ndef f(x): return F.relu(x)",
        "import torch\na, F = 1, torch.nn.functional\ndef f(x): return F.relu(x)",
        "import torch\nF = torch.nn.functional if 1 else None\ndef f(x): return F.relu(x)",
        "import torch\nF = None or torch.nn.functional\ndef f(x): return F.relu(x)",
        "import torch\nfor F in (torch.nn.functional,): pass\ndef f(x): return F.relu(x)",
        "import torch\nif (F := torch.nn.functional): pass\ndef f(x): return F.relu(x)",
        "try:\n from torch.nn import functional as F\nexcept: pass\ndef f(x): return F.relu(x)",
        "def f(x):\n import torch.nn.functional as F\n return F.relu(x)",
        "def f(x):\n from torch.nn.functional import relu\n return relu(x)",
        "import torch\ndef f(x, F=torch.nn.functional): return F.relu(x)",
        "import torch\ndef f(x):\n def g(): return torch.nn.functional.relu(x)\n return g()",
        "import torch\ndef f(x):\n F = torch.nn\n def g(): return F.functional.g(x)\n return g()",
        "import torch\ndef f(x): return [torch.nn.functional for torch in [torch]]",
        "import torch\ndef f(x): [0 for torch in ()]; return torch.nn.functional.relu(x)",
        "import torch\ndef f(x): (lambda torch: 0)(1); return torch.nn.functional.relu(x)",
        "import torch\ndef f(x): return [F := torch.nn for _ in '1'], F.functional",
        "import torch\nclass A:\n torch = None\n def g(self): return torch.nn.functional\n"
        "def f(x): return A().g()",
        "import torch\nclass A:\n F = torch.nn.functional\ndef f(x): return A.F.relu(x)",
        "import torch\ndef f(x): return getattr(torch.nn, 'functional').relu(x)",
        "import torch\ng = getattr\ndef f(x): return g(torch.nn, 'functional').relu(x)",
        "import torch\ndef f(x): return torch.nn.__dict__['functional'].relu(x)",
        "import torch\ndef f(x): return vars(torch.nn)['functional'].relu(x)",
        "import importlib\ndef f(x): return importlib.import_module('torch.nn.functional').relu(x)",
        "from importlib import import_module as i\ndef f(x): return i('torch').nn.functional",
        "from importlib import import_module as i\ndef f(x): return i(name='torch').nn.functional",
        "def f(x): return __import__('torch.nn').nn.functional.relu(x)",
        "import builtins\ndef f(x): return builtins.__import__('torch').nn.functional",
        "def f(x): return __builtins__['__import__']('torch').nn.functional",
        "import sys\ndef f(x): return sys.modules['torch'].nn.functional.relu(x)",
        "from operator import attrgetter\nimport torch\n"
        "def f(x): return attrgetter('nn.functional')(torch).relu(x)",
        "import torch\ndef g(x): return torch.nn.functional.relu(x)\ndef f(x): return g(x)",
        "import torch\nTABLE = {}\nTABLE['f'] = torch.nn.functional.relu\n"
        "def f(x): return TABLE['f'](x)",
        "import torch\nTABLE = []\nTABLE.append(torch.nn.functional.relu)\n"
        "def f(x): return TABLE[0](x)",
        "import torch\nclass A: pass\nsetattr(A, 'g', torch.nn.functional.relu)\n"
        "def f(x): return A.g(x)",
        "import torch\ndef f(x): return 0\ndef g():\n global f\n f = torch.nn.functional.relu\ng()",
        "import torch\nif __name__ != '__main__':\n f = torch.nn.functional.relu",
        "import torch\ntorch.g = torch.nn.functional.relu\ndef f(x): return torch.g(x)",
        "import torch\n@torch.nn.functional.g\ndef f(x): return x",
        "import torch\nwith open('x') as t, torch.nn.functional as f: pass",
        "import torch\nmatch torch:\n case t: f = torch.nn.functional.relu",
        "import torch\nwhile True:\n f = torch.nn.functional.relu",
        "import torch\ndef f(x):\n F = None\n def g():\n  nonlocal F\n  F = torch.nn\n"
        " return F.functional",
    ],
)
def test_a_name_is_followed_to_what_is_forbidden(text):
    assert FIRST in entries(text)


@pytest.mark.parametrize(
    "text",
    [
        "import torch\ndef f(x): return torch.relu(x)",
        "import torch.nn.functional as F\ndef f(x): return x",
        "import torch.nn.functional as F\ndef f(x, F): return F.relu(x)",
        "import torch.nn.functional as F\ndef f(x):\n F = x\n return F.relu()",
        "import torch.nn.functional as F\ndef f(x): return [F.relu() for F in x]",
        "import torch.nn.functional as F\ndef g(x): return F.relu(x)\ndef f(x): return x",
        "import torch.nn.functional as F\ndef f(x): return x\nprint(F.relu(f(1)))",
        "import torch.nn.functional as F\ndef f(x): return x\ny = F.relu(f(1))",
        "import torch\nfrom torch.nn import functional as F\ndef f(x): return torch.relu(x)\n"
        "torch.testing.assert_close(F.relu(1), f(1))",
        "def f(x): return x\nif __name__ == '__main__':\n import torch\n torch.autograd.grad(f)",
        "def f(x): return x.nn.functional.relu(x)",
        "def f(x): 'torch.nn.functional is not used'",
        "import numpy as np\ndef f(x): return x.mean() + np.meanest(x)",
        "from numpy import *\ndef f(x): return sum(x) + len(x)",
        "from torch.nn.functional import *\ndef f(x): return len(x)",
        "import re\ndef f(x): return re.compile('a')",
        "import torch\ndef f(x): return torch.compile(x).eval()",
        "def eval(x): return x\ndef f(x): return eval(x)",
        "import torch\ndef f(x): return getattr(x, 'functional')",
        "def f(x): return getattr(x, 'shape')",
        "nothing = 1",
    ],
)
def test_what_no_graded_function_names_is_not_mentioned(text):
    assert mentions(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "def f(x): x.backward()",
        "def f(x): g = x.backward",
        "def f(x): getattr(x, 'backward')()",
        "def f(x): setattr(x, 'backward', 1)",
        "from operator import methodcaller\ndef f(x): methodcaller('backward')(x)",
        "import operator\ndef f(x): operator.attrgetter('loss.backward')(x)",
    ],
)
def test_an_attribute_is_forbidden_on_anything(text):
    assert ".backward" in entries(text)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("def f(x): return eval('x')", "eval"),
        ("def f(x): exec('x')", "exec"),
        ("e = exec\ndef f(x): e('x')", "exec"),
        ("import builtins as b\ndef f(x): return b.compile('x', '', 'eval')", "compile"),
        ("def f(x): return globals()[x]", "globals"),
        ("import sys\ndef f(x): return sys.modules[x]", "sys.modules"),
        ("import torch\ndef f(x): return getattr(torch, 'auto' + 'grad')", "getattr"),
        ("def f(x): return getattr(x, 'back' + 'ward')", "getattr"),
        ("def f(x): return getattr(*x)", "getattr"),
        ("def f(x): return __import__('tor' + 'ch')", "__import__"),
        ("import importlib as i\ndef f(x): return i.import_module(x)", "import_module"),
        ("import operator\ndef f(x): return operator.attrgetter('a' + 'b')(x)", "attrgetter"),
    ],
)
def test_what_makes_names_while_it_runs_is_told_apart(text, path):
    assert {(one.entry, one.path) for one in mentions(text)} == {(None, path)}


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("def f(x): return x\nexec('f = 1')", "exec"),
        ("class A:\n exec('g = 1')", "exec"),
        ("globals()['f'] = 1", "globals"),
        ("import sys\nsetattr(sys.modules[__name__], 'f', 1)", "sys.modules"),
    ],
)
def test_what_runs_when_files_are_loaded_can_hide_something(text, path):
    hiding = Mentions({"a.py": text}, {}, {}, FORBIDDEN).hiding()

    assert [(one.path, one.inside) for one in hiding] == [(path, "")]


@pytest.mark.parametrize(
    "text",
    ["def g(x): exec(x)", "g = lambda: eval('x')", "if __name__ == '__main__': exec('x')"],
)
def test_what_does_not_run_when_files_are_loaded_hides_nothing_there(text):
    assert [*Mentions({"a.py": text}, {}, {}, FORBIDDEN).hiding()] == []


def test_a_mention_says_where_it_stands_and_what_it_is_called():
    text = "import torch\n\ndef g(x):\n    return torch.autograd.grad(x)\n\ndef f(x): return g(x)"

    assert mentions(text)[0] == Mention(
        entry=AUTOGRAD, path="torch.autograd.grad", file="a.py", line=4, inside="g"
    )


def test_the_function_s_own_mention_comes_before_what_it_reaches():
    text = "import torch\ndef g(): torch.autograd\ndef f(x): g(); torch.autograd"

    assert [one.inside for one in mentions(text)] == ["f", "g"]


def test_functions_that_use_each_other_are_read_once():
    text = "import torch\ndef f(x): return g(x)\ndef g(x): torch.autograd; return f(x)"

    assert len(mentions(text)) == 1


@pytest.mark.parametrize(
    "use",
    [
        "import b\ndef f(x): return b.g(x)",
        "from b import g\ndef f(x): return g(x)",
        "from b import *\ndef f(x): return g(x)",
        "import b\ndef f(x): return b.T.nn.functional",
        "from b import T as u\ndef f(x): return u.nn.functional",
        "from b import g as f",
    ],
)
def test_names_are_followed_into_other_files(use):
    other = "import torch as T\ndef g(x): return T.nn.functional.relu(x)"

    assert entries(use, **{"b.py": other}) == {FIRST}


def test_the_first_file_that_has_a_function_is_read():
    one, other = "def f(x): return x", "import torch\ndef f(x): return torch.autograd"

    assert entries(one, **{"b.py": other}) == set()
    assert entries("def g(x): return x", **{"b.py": other}) == {AUTOGRAD}


def test_a_given_module_is_followed_and_not_blamed():
    given_ = {"tools.py": "import torch.nn.functional as F\ndef g(x): return F.relu(x)"}

    def found(text: str) -> list[Mention]:
        return [*Mentions({"a.py": text}, given_, {}, FORBIDDEN).of("f")]

    assert found("from tools import g\ndef f(x): return g(x)") == []
    assert found("import tools\ndef f(x): return tools.F.relu(x)") != []


def test_an_overlay_speaks_for_the_first_file():
    overlay = {"wrong.py": "def f(x): return np.mean(x)"}
    sources = Mentions({"a.py": "import numpy as np"}, {}, overlay, FORBIDDEN)

    assert [(one.file, one.entry) for one in sources.of("f")] == [("wrong.py", "numpy.mean")]


@pytest.mark.parametrize("entry", ["numpy.sum", "numpy"])
def test_a_star_may_hide_a_builtin_only_where_it_is_forbidden_by_name(entry):
    text = "from numpy import *\ndef f(x): return sum(x)"

    assert entries(text, forbidden=[entry]) == ({entry} if entry == "numpy.sum" else set())


def test_a_builtin_can_be_forbidden():
    assert entries("def f(x): return sum(x)", forbidden=["builtins.sum"]) == {"builtins.sum"}


def test_of_two_entries_the_longer_one_forbids():
    text = "import torch\ndef f(x): return torch.autograd.grad"

    assert mentions(text, forbidden=["torch", "torch.autograd"])[0].entry == "torch.autograd"


STEPS = ("torch", "nn", "functional")


@given(st.permutations(range(4)), st.integers(0, 3))
def test_aliases_are_followed_in_whatever_order_they_stand(order, end):
    lines = ["import torch as a0"]
    lines += [f"a{n + 1} = a{n}.{name}" for n, name in enumerate(STEPS[1:])]
    lines.append(f"def f(x): return a{end if end < 3 else 2}.relu(x)")
    text = "\n".join(lines[place] for place in order)

    assert (FIRST in entries(text)) == (end >= 2)


WORDS = [*keyword.kwlist, *"abcxf()[]{}:,.=*@\n;1", "\n ", "'a'", "torch", "getattr", "import *"]


@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_what_parses_is_read(text):
    try:
        ast.parse(text)
    except SyntaxError:
        with pytest.raises(SyntaxError):
            mentions(text)
    else:
        assert isinstance(mentions(text), list)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"a{n} = a{n + 1}.x if p else a{n + 1}.nn" for n in range(2000)),
        "a0 = torch\n" + "\n".join(f"x = a{n}\na{n + 1} = a{n}" for n in range(2000)),
        "import torch\na = torch" + ".nn" * 200,
        "def f(x): return x" + "()" * 200,
        "from operator import attrgetter as g\nh = g('a') if 1 else g('b')\n"
        f"def f(x): return {'h(' * 80}x{')' * 80}",
        "def f(x):\n" + "\n".join(f"{' ' * n}def f{n}():" for n in range(1, 90)) + " pass",
    ],
    ids=["doubling", "rebinding", "attributes", "calls", "getters", "nested"],
)
def test_what_could_take_for_ever_is_read(text):
    # That it ends is the point: each of these is exponential, or cubic, for a careless reader.
    assert {one.entry for one in mentions(text)} == set()


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"def f{n}():\n global x\n x = f{n + 1}" for n in range(MOST + 2)),
        "\n".join(f"from a{n} import *" for n in range(MOST + 1)),
    ],
    ids=["one name for all", "stars"],
)
def test_a_source_that_keeps_the_judge_busy_is_not_read(text):
    with pytest.raises(ValueError, match="too m"):
        mentions(text)
