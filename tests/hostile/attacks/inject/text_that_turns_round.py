"""Marks of direction, zero widths, tags and look-alikes that show another text than is stored.

goal: "failed" read as "passed"
out: * failed; center.backward blocked
holds: namespaces landlock seccomp process
source: CVE-2021-42574, Trojan Source
"""

CODES = [0x202E, 0x2066, 0x2067, 0x2069, 0x200B, 0x200D, 0xFEFF, 0xAD, 0x61C, 0x180E, 0xE0041, 0x3164]
TEXT = f"{chr(CODES[0])}dessap{chr(CODES[3])} " + "".join(f"{chr(code)}x" for code in CODES)


def center_forward(x):
    print(TEXT)
    raise ValueError(TEXT)


def center_backward(dout, cache):
    raise ValueError(TEXT)


def running_mean(xs, decay):
    raise type(TEXT.replace(" ", ""), (Exception,), {})(TEXT)
