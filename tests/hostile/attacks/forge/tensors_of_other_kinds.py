"""Sparse, meta, quantized, complex, nested and conjugated tensors, and lazy neg bits.

goal: an exception in the worker's reader, or numbers that are read otherwise than they are
out: center.forward failed unreadable; center.backward blocked; running_mean failed unreadable/raised
holds: namespaces landlock seccomp process
target: tensors
"""

import warnings

import torch

warnings.simplefilter("ignore")


def center_forward(x):
    return torch.zeros(x.shape, device="meta"), None


def center_backward(dout, cache):
    return torch.zeros_like(dout).to_sparse()


def running_mean(xs, decay):
    kinds = [
        lambda: torch.zeros_like(xs).to_sparse(),
        lambda: torch.quantize_per_tensor(torch.zeros(xs.shape), 0.1, 0, torch.quint8),
        lambda: torch.zeros(xs.shape, dtype=torch.bfloat16),
        lambda: torch.zeros(xs.shape, dtype=torch.complex128).conj(),
        lambda: torch.nested.nested_tensor([xs, xs]),
    ]
    return kinds[int(abs(float(xs.flatten()[0])) * 1e6) % len(kinds)]()
