"""A regular expression that takes for ever, in one call of C that no signal handler interrupts.

goal: hold the grader until somebody notices
out: running_mean failed timed_out
holds: namespaces landlock seccomp process
source: KeyboardInterrupt and SIGALRM handlers run between byte codes alone
"""

import re


def running_mean(xs, decay):
    return re.match(r"(a|a)*b", "a" * 64)
