"""Code compiled under the names of other files, so that a failure seems to stand in the checks.

goal: blame on the course, a path or markup in the report's `where`
out: * failed raised; center.backward blocked
holds: namespaces landlock seccomp process
"""

NAMES = ("checks.py", "<script>.py", "\x1b[2J.py", "reference/vectors/checks.py", "=1+1.py")
SOURCE = "\n" * 3000 + "raise ValueError('the check is wrong')"


def fail(number):
    exec(compile(SOURCE, NAMES[number], "exec"), {})


def center_forward(x):
    for number in range(4):
        try:
            fail(number)
        except ValueError as error:
            kept = error
    raise kept


def center_backward(dout, cache):
    fail(1)


def running_mean(xs, decay):
    fail(2)
