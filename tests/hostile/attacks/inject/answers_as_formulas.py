r"""answers.yaml with a formula, an escape and a script for an answer, and such keys.

goal: the text of an answer in a cell, on a terminal, on a page
out: questions.constant_column failed unreadable; * failed mismatch
holds: namespaces landlock seccomp process
answers: "constant_column: '=cmd|calc <script> ::error:: [red]x[/] `x`'\n'=1+1': 1\n'<b>': 2\n"
"""


def center_forward(x):
    return x, None


def center_backward(dout, cache):
    return dout


def running_mean(xs, decay):
    return xs
