"""Sources: what the judge reads of a submission's code itself, for an assignment's policy."""

from __future__ import annotations

import random
from functools import cache

from grader.findings import Finding
from grader.inert import is_inert
from grader.policy import Watch
from grader.rubric import Policy
from tests.fuzz.mutations import Format, mutated
from tests.fuzz.readers import MIB, REFUSED, ROOT, VALUE, Reader

POLICIES = (
    Policy(forbid=("torch.nn.functional", "numpy.mean", ".backward"), action="flag"),
    Policy(forbid=("torch", "numpy", "builtins.eval"), action="fail"),
)
FUNCTIONS = ("f", "running_mean", "center_forward", "numpy", "__builtins__", "é", "")

_ODD = b"""
import torch.nn.functional as F, numpy as np
from numpy import *
from work import f as g
a = b = F.relu if g else (c := np.mean)
(x, *y), [z] = a, b
def f(x, /, y=a, *z, w: a = b, **v):
    global a, q
    def h():
        nonlocal x
        x = q = lambda t=np.mean: [t(i) for i in x if (k := i)]
        return getattr(np, "mean")(q), __import__("torch").autograd, eval("x"), x.backward()
    class C(np.ndarray, metaclass=type):
        mean = np.mean
        def mean2(self): return self.mean
    try: return h()
    except (ValueError, TypeError) as e: raise e from None
    finally: del e
async def k():
    async with a as b: pass
    async for c in b: yield await c
match a:
    case {"k": np.mean, **rest} | [F.relu, *rest]: pass
if __name__ == "__main__": f(1)
for i, (j, k) in a: i += operator.attrgetter("nn.functional")(torch)
while a: vars(np)["mean"] = sys.modules["torch"].__dict__
"""

SOURCE = Format(
    words=(
        *(
            b"\x00",
            b"\xef\xbb\xbf",
            b"\xff",
            b"\r",
            b"\x0c",
            b"\xe2\x80\xae",
            b"\t",
            b"\\\n",
            b"    ",
        ),
        *(
            b"import ",
            b"from . import a\n",
            b"import a.b.c as d\n",
            b"from work import *\n",
            b"*",
            b"**",
        ),
        *(
            b"global a\n",
            b"nonlocal a\n",
            b"lambda a=b: a",
            b"def f(): return g()\n",
            b"class f(f): f = f\n",
        ),
        *(
            b"a = b\n",
            b"b = a\n",
            b"a = a.a\n",
            b"a, b = b, a\n",
            b"a.b = a[b] = b\n",
            b"del a\n",
            b":=",
        ),
        *(
            b" for a in b",
            b" if a else b",
            b"await ",
            b"yield ",
            b"# -*- coding: latin-1 -*-\n",
            b"f'{a!r:>{b}}'",
        ),
        *(
            b"getattr(a, 'mean')",
            b"getattr(*a)",
            b"eval(a)",
            b"__import__(a)",
            b".backward",
            b".__dict__",
        ),
    ),
    brackets=(
        *(
            (b"(", b")"),
            (b"[", b"]"),
            (b"{1:", b"}"),
            (b"f(", b")"),
            (b"lambda a:", b""),
            (b"-", b""),
        ),
        *(
            (b"a.", b""),
            (b"a if a else ", b"a"),
            (b"not ", b""),
            (b"if 1:\n ", b""),
            (b"f'{", b"}'"),
            (b"@", b""),
        ),
    ),
    most=1 << 16,
)


@cache
def files() -> tuple[bytes, ...]:
    """Code as students write it, and code of every kind that there is."""
    handed_in = sorted(ROOT.glob("tests/courses/submissions/*/vectors.py"))
    return (_ODD, _ODD, *(path.read_bytes() for path in handed_in))


def make_source(chance: random.Random) -> bytes:
    """A file of code, spoiled; as it is handed on, it is UTF-8."""
    return mutated(chance, chance.choice(files()), files(), SOURCE)


def read_source(data: bytes) -> str:
    """Read a source under two policies, as grading does."""
    text = data.decode("utf-8-sig", "replace")
    came = VALUE
    for policy in POLICIES:
        findings = Watch({"work.py": text}, {"given.py": "from work import a\n"}, {}).findings(
            policy, FUNCTIONS
        )
        for finding in findings:
            assert isinstance(finding, Finding)
            assert is_inert(finding.message or "")
            assert finding.evidence is not None
            if finding.evidence.given == "source that cannot be read":
                came = REFUSED
    return came


SOURCES = Reader(
    name="sources", make=make_source, read=read_source, per_byte=2000, floor=4 * MIB, share=10
)
