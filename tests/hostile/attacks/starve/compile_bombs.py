"""Source that is small and explodes in the compiler: nesting, constants to fold, f-strings.

goal: a crash or gigabytes in a parser that somebody trusts
out: center.forward failed raised/out_of_memory/crashed/timed_out; running_mean failed crashed
holds: namespaces landlock seccomp process
"""

import os

BOMBS = (
    "lambda: " * 8_000 + "0",
    "(" * 150 + ")" * 150,
    "-" * 100_000 + "1",
    "x" + ".x" * 50_000,
    "[" * 90 + "]" * 90,
    "not " * 50_000 + "1",
    "((1,) * 4000, " * 60 + "0" + ")" * 60,
    "f'" + "{x!r:" * 90,
)


def center_forward(x):
    return eval("+" * 1_000_000 + "1")


def running_mean(xs, decay):
    for bomb in BOMBS:
        try:
            compile(bomb, "bomb", "eval")
        except (SyntaxError, MemoryError, RecursionError):
            continue
    os.abort()  # what some interpreters do at one of these, others here
