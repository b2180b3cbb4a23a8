"""Every control character, NUL and the ends of XML's sections, in messages and what is printed.

goal: a file that XML's readers refuse, or that ends at the NUL
out: * failed; center.backward blocked
holds: namespaces landlock seccomp process
"""

TEXT = "".join(map(chr, [*range(32), *range(0x7F, 0xA0)])) + "\ufffe\uffff]]>\x00 passed"


def center_forward(x):
    print(TEXT)
    raise ValueError(TEXT)


def center_backward(dout, cache):
    raise ValueError(TEXT)


def running_mean(xs, decay):
    return TEXT
