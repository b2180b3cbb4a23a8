"""Messages of a megabyte without a space, made of slashes, digits and brackets.

goal: a pattern in the judge that takes for ever, a report of many megabytes
out: * failed; center.backward blocked
holds: namespaces landlock seccomp process
"""


def center_forward(x):
    print("/" * 3000)
    raise ValueError("/a" * 250_000 + "/")


def center_backward(dout, cache):
    raise ValueError("0x" + "f" * 500_000)


def running_mean(xs, decay):
    raise type("E" * 100_000, (Exception,), {})("[" * 500_000)
