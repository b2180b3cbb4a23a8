"""Weights a row or a column at a time, convolutions as matrices that are folded up."""

import math

import torch


def small_random(din, dout, std=0.01, generator=None):
    return torch.vstack([torch.randn(dout, generator=generator) * std for _ in range(din)])


def xavier_linear(din, dout, generator=None):
    columns = [torch.randn(din, generator=generator) / math.sqrt(din) for _ in range(dout)]
    return torch.stack(columns, dim=1)


def xavier_conv(cin, cout, k, generator=None):
    return xavier_linear(k * k * cin, cout, generator).T.reshape(cout, cin, k, k)


def kaiming_linear(din, dout, generator=None):
    w = torch.empty(din, dout)
    for row in w:
        row.normal_(mean=0.0, std=math.sqrt(2 / din), generator=generator)
    return w


def kaiming_conv(cin, cout, k, generator=None):
    return kaiming_linear(k * k * cin, cout, generator).T.unflatten(1, (cin, k, k))


def orthogonal(din, dout, gain=1.0, generator=None):
    """Gram and Schmidt's way, twice, so that rounding does not add up."""
    basis = []
    for _ in range(min(din, dout)):
        vector = torch.randn(max(din, dout), generator=generator, dtype=torch.float64)
        for earlier in basis + basis:
            vector = vector - vector.dot(earlier) * earlier
        basis.append(vector / vector.norm())
    rows = gain * torch.stack(basis)
    return rows if din < dout else rows.T


def activation_statistics(x, weights, activation):
    rows, means, stds = list(x), [], []
    for w in weights:
        rows = [torch.tanh(h @ w) if activation == "tanh" else torch.relu(h @ w) for h in rows]
        mean = sum(h.sum().item() for h in rows) / sum(h.numel() for h in rows)
        squares = sum(((h - mean) ** 2).sum().item() for h in rows)
        means.append(mean)
        stds.append(math.sqrt(squares / sum(h.numel() for h in rows)))
    return means, stds


def gradient_statistics(x, weights, activation, upstream):
    sums = [torch.zeros_like(w) for w in weights]
    for example, slope in zip(x, upstream, strict=True):
        outputs = [example]
        for w in weights:
            outputs.append(getattr(torch, activation)(outputs[-1] @ w))
        for layer in range(len(weights) - 1, -1, -1):
            out = outputs[layer + 1]
            dz = slope * (1 - out**2 if activation == "tanh" else out > 0)
            sums[layer] += torch.outer(outputs[layer], dz)
            slope = weights[layer] @ dz
    return [dw.std(unbiased=False).item() for dw in sums]


def lottery_ticket(initial, trained, keep):
    entries = []
    for layer, w in enumerate(trained):
        for place, value in enumerate(w.flatten().tolist()):
            entries.append((abs(value), layer, place))
    masks = [torch.zeros(w.shape, dtype=torch.int64) for w in trained]
    for _, layer, place in sorted(entries, reverse=True)[: round(keep * len(entries))]:
        masks[layer].view(-1)[place] = 1
    return masks, [mask * w for mask, w in zip(masks, initial, strict=True)]
