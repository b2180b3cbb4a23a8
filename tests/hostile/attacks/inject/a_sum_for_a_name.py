"""A folder named @SUM(…) with quotes, commas and semicolons that would end the cell.

goal: a formula in the next cell
out: * failed mismatch
holds: namespaces landlock seccomp process
student: '@SUM(1+1)*cmd",=1+1;=2+2,"+3'
"""


def center_forward(x):
    return x, None


def center_backward(dout, cache):
    return dout


def running_mean(xs, decay):
    return xs
