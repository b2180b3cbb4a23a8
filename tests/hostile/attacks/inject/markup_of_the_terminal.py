"""Markup of the library that prints the report, in a name and in messages.

goal: green where red is due, a link, or an exception in the printer
out: * failed; center.backward blocked
holds: namespaces landlock seccomp process
student: "[green]ok[red] [link=http:x]ann [bold"
"""

TEXT = "[/] [bold green]✓ passed[/bold green] [link=http://example.org]1 of 1[/link] [/nothing] \\["


def center_forward(x):
    print(TEXT)
    raise ValueError(TEXT)


def center_backward(dout, cache):
    raise ValueError(TEXT)


def running_mean(xs, decay):
    raise type("[red]E[/]", (Exception,), {})(TEXT)
