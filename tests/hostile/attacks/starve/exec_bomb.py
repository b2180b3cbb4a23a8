"""Code that writes code twice as long and runs it.

goal: time and memory that grow by themselves
out: running_mean failed out_of_memory/timed_out/crashed/raised
holds: namespaces landlock seccomp process
"""


def running_mean(xs, decay):
    text = "pass\n"
    while True:
        text += text
        exec(compile(text, "bomb", "exec"))
