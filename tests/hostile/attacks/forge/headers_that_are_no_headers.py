"""A header of a million open brackets, of huge numbers, of a thousand equal keys, of NaN.

goal: an exception in the judge's JSON reader, which would make the item our fault
out: center.forward failed unreadable; center.backward blocked; running_mean failed unreadable
holds: namespaces landlock seccomp
"""

import os
import struct
import time

HEADERS = [
    b"[" * (1 << 20),
    b'{"id": ' + b"9" * 100_000 + b', "values": []}',
    b'{"id": NaN, "values": [Infinity]}',
    b'{"id": 0, "values": [{"f": "0x' + b"f" * 1000 + b'p+999999999"}]}',
    b'{"id": true, "values": []}',
    b'{"id": 0, "values": [{"d": [[{"d": []}, 1]]}]}',
    b"\xff\xfe{}",
]


def send(number):
    text = HEADERS[number]
    frame = struct.pack("<II", len(text), 0) + text
    while frame:
        frame = frame[os.write(3, frame) :]
    time.sleep(60)


def center_forward(x):
    return send(int(abs(x.flat[0] * 1e6)) % len(HEADERS))


def center_backward(dout, cache):
    return send(0)


def running_mean(xs, decay):
    return send(int(abs(xs.flat[0] * 1e6)) % len(HEADERS))
