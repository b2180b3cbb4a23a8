"""Exceptions whose text raises, loops, is no text, or grows while it is read.

goal: an exception in the worker that ends the item without a word, or a wait without end
out: center.forward failed raised; center.backward blocked; running_mean failed timed_out
holds: namespaces landlock seccomp process
"""


class Raises(Exception):
    def __str__(self):
        raise self

    __repr__ = __str__


class Loops(Exception):
    def __str__(self):
        while True:
            pass


def center_forward(x):
    raise Raises(Raises())


def center_backward(dout, cache):
    raise Raises


def running_mean(xs, decay):
    raise Loops
