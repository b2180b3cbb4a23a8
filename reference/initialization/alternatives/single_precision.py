"""Statistics in float32 inside, the gradients by autograd in one backward call."""

import torch


def thin(tensors):
    return [tensor.to(torch.float32) for tensor in tensors]


def activation_statistics(x, weights, activation):
    (h,), summary = thin([x]), []
    for w in thin(weights):
        h = torch.mm(h, w)
        h = h.tanh() if activation == "tanh" else h.clamp_min(0)
        summary.append((h.mean(), (h - h.mean()).norm() / h.numel() ** 0.5))
    return tuple(map(torch.stack, zip(*summary, strict=True)))


def gradient_statistics(x, weights, activation, upstream):
    h, slope = thin([x, upstream])
    leaves = [w.clone().requires_grad_() for w in thin(weights)]
    with torch.enable_grad():
        for leaf in leaves:
            h = getattr(torch, activation)(h @ leaf)
        torch.sum(h * slope).backward()
    return torch.stack([leaf.grad.std(correction=0) for leaf in leaves])


def orthogonal(din, dout, gain=1.0, generator=None):
    flat = torch.randn(min(din, dout), max(din, dout), generator=generator)
    lower = torch.linalg.cholesky((flat @ flat.T).double())
    rows = torch.linalg.solve_triangular(lower, flat.double(), upper=False).float()
    return gain * (rows.T if din >= dout else rows)


def data_dependent(x, weights):
    (h,), scaled, biases = thin([x]), [], []
    for w, single in zip(weights, thin(weights), strict=True):
        std, mean = torch.std_mean(h @ single, dim=0, correction=0)
        scaled.append((single / std).to(w.dtype))
        biases.append((-mean / std).to(w.dtype))
        h = ((h @ single - mean) / std).relu()
    return scaled, biases


def lsuv(x, weights, tolerance=0.01, max_iterations=10):
    (h,), scaled = thin([x]), []
    for w in weights:
        (single,) = thin([w])
        for _ in range(max_iterations):
            std = (h @ single).std(correction=0).item()
            single = single / std
            if abs(std - 1) < tolerance / 10:
                break
        scaled.append(single.to(w.dtype))
        h = (h @ single).relu()
    return tuple(scaled)


def lottery_ticket(initial, trained, keep):
    flat = torch.cat([w.reshape(-1) for w in thin(trained)]).abs()
    order = flat.argsort(descending=True)
    mask = torch.zeros_like(flat, dtype=torch.bool)
    mask[order[: round(keep * len(flat))]] = True
    pieces = mask.split([w.numel() for w in trained])
    masks = [piece.view(w.shape) for piece, w in zip(pieces, trained, strict=True)]
    return masks, [w.masked_fill(~kept, 0) for w, kept in zip(initial, masks, strict=True)]
