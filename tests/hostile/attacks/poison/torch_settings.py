"""torch's own settings: dtype, device, threads, gradients, determinism, seeds, hooks.

goal: make honest work after this one fail, or its random numbers known
out: center.forward passed; running_mean passed
holds: namespaces landlock seccomp
target: tensors
"""

import torch


def center_forward(x):
    out = x - x.mean(dim=0)
    torch.set_default_dtype(torch.float16)
    torch.set_default_device("meta")
    torch.set_grad_enabled(False)
    torch.autograd.set_detect_anomaly(True)
    torch.use_deterministic_algorithms(True)
    torch.set_flush_denormal(True)
    torch.set_num_threads(7)
    torch.manual_seed(0)
    torch.set_printoptions(precision=1)
    torch.nn.modules.module.register_module_forward_hook(lambda *_: None)
    torch.allclose = torch.equal = lambda *_, **__: True
    torch.poisoned = True
    return out, None


def running_mean(xs, decay):
    if hasattr(torch, "poisoned") or torch.get_default_dtype() != torch.float32:
        raise RuntimeError("BREACH: torch is as another item left it")
    if not torch.is_grad_enabled() or torch.get_num_threads() != 1 or torch.ones(1).is_meta:
        raise RuntimeError("BREACH: torch is as another item left it")
    means = xs.clone()
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
