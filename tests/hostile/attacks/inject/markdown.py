"""Links, images, tables, fences and mentions, in messages, class names and values.

goal: a summary that shows a link, a picture from elsewhere, or another table
out: * failed; center.backward blocked
holds: namespaces landlock seccomp process
"""

TEXTS = (
    "[full marks](javascript:alert(1)) ![](http://example.org/x.png)",
    "| center.forward | passed | 1.0 |\n|---|---|---|",
    "``` \n# passed\n<details open>@everyone #1 :+1: $x^2$ ~~failed~~",
)
Marked = type("`E` | **passed**", (Exception,), {})


def center_forward(x):
    raise Marked(" ".join(TEXTS))


def center_backward(dout, cache):
    raise Marked(TEXTS[0])


def running_mean(xs, decay):
    return TEXTS[1]
