"""A thread that lives on and writes answers while nobody, and then while somebody, asks.

goal: the answer to a question that was never put to the student's function
out: center.forward failed unreadable/mismatch/timed_out; running_mean failed unreadable/mismatch
holds: namespaces landlock seccomp
"""

import os
import struct
import threading


def frame(number):
    header = b'{"id":%d,"values":[{"f":"0x1p0"}],"failure":null}' % number
    return struct.pack("<II", len(header), 0) + header


def answers(numbers):
    for number in numbers:
        os.write(3, frame(number))


def center_forward(x):
    for number in range(100):
        threading.Thread(target=answers, args=(range(number, 200),), daemon=True).start()
    return x * 0, None


def running_mean(xs, decay):
    threading.Timer(0.001, answers, [range(1)]).start()
    return xs * 0
