r"""answers.yaml whose escapes make control characters and marks of direction out of plain text.

goal: characters that no reader of the file's bytes has seen
out: questions.constant_column failed unreadable; * failed mismatch
holds: namespaces landlock seccomp process
answers: 'constant_column: "\\e[2J\\e]52;c;YQ==\\a\\x00\\u202E\\u2028\\x85\\n=1+1"\n"\\e[31m": 1\n'
"""


def center_forward(x):
    return x, None


def center_backward(dout, cache):
    return dout


def running_mean(xs, decay):
    return xs
