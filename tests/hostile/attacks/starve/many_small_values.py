"""A million small values in one answer: as a list, as a dict, as a set of texts.

goal: an answer that takes the judge longer to read than the student to make
out: running_mean failed unreadable/timed_out/out_of_memory
holds: namespaces landlock seccomp process
"""


def running_mean(xs, decay):
    many = range(1_000_000)
    if xs.ndim == 1:
        return [0.5] * len(many)
    return {str(number) for number in many} if decay > 0.9 else dict.fromkeys(many)
