"""A frame whose header is 500,000 brackets, and one with a number of a million digits.

goal: exhaust the stack or the time of the judge's JSON parser
out: center.forward failed unreadable; running_mean failed unreadable
holds: namespaces landlock seccomp
"""

import os
import struct


def answer(header):
    frame = memoryview(struct.pack("<II", len(header), 0) + header)
    while frame:
        frame = frame[os.write(3, frame) :]
    os._exit(0)


def center_forward(x):
    answer(b"[" * 500_000 + b"]" * 500_000)


def running_mean(xs, decay):
    answer(b'{"id":0,"values":[' + b"9" * 1_000_000 + b"]}")
