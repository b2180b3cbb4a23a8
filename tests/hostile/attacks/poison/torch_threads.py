"""A pool of torch's threads started at import: children of a process that has one hang.

goal: have every later item of the same zygote wait for threads that are not there
out: center.forward passed; running_mean passed
holds: namespaces landlock seccomp
target: tensors
source: OpenMP's pool does not survive a fork; a child's first parallel operation waits for ever
"""

import torch

torch.set_num_threads(8)
torch.ones(300, 300) @ torch.ones(300, 300)
(torch.ones(1 << 20) + 1).sum()


def center_forward(x):
    return x - x.mean(dim=0), None


def running_mean(xs, decay):
    big = torch.ones(400, 400, dtype=torch.float64)
    if float((big @ big)[0, 0]) != 400:
        raise ValueError("a product is wrong")
    means = xs.clone()
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
