"""Objects that are slow to read: an iterator, a sequence, an array to be, a text, a length.

goal: have the judge wait in a method of the student's
out: center.forward failed unreadable; running_mean failed unreadable
holds: namespaces landlock seccomp process
"""

import numpy as np


def slow(*_, **__):
    while True:
        pass


class Slow(list):
    __iter__ = __len__ = __getitem__ = __repr__ = __str__ = __array__ = __float__ = slow
    __eq__ = __hash__ = __bool__ = __reduce_ex__ = __index__ = __buffer__ = slow


class Sub(np.ndarray):
    __array_ufunc__ = __array_function__ = __array__ = __len__ = __repr__ = __str__ = slow


def center_forward(x):
    return x.view(Sub), None


def running_mean(xs, decay):
    return Slow([1.0])
