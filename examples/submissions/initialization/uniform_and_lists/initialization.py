# expect: full
# Uniform numbers wherever the distribution is free, and Python lists of floats.
import math

import torch


def uniform(shape, std, generator):
    """U(-a, a) has the variance a**2 / 3."""
    a = math.sqrt(3) * std
    return torch.empty(shape, dtype=torch.float64).uniform_(-a, a, generator=generator)


class Net:
    def __init__(self, weights, activation):
        self.weights, self.relu = weights, activation == "relu"

    def forward(self, x):
        self.outs = [x]
        for w in self.weights:
            z = self.outs[-1] @ w
            self.outs.append(z.clamp(min=0) if self.relu else 2 * torch.sigmoid(2 * z) - 1)
        return self.outs[1:]

    def backward(self, dout):
        grads = []
        for w, out, before in zip(self.weights[::-1], self.outs[:0:-1], self.outs[-2::-1]):
            dz = dout * ((out > 0).to(out.dtype) if self.relu else 1 - out.square())
            grads.append(torch.einsum("ni,nj->ij", before, dz))
            dout = dz @ w.T
        return grads[::-1]


def small_random(din, dout, std=0.01, generator=None):
    return torch.stack([torch.randn(dout, generator=generator) * std for _ in range(din)])


def xavier_linear(din, dout, generator=None):
    return uniform((din, dout), 1 / math.sqrt(din), generator)


def xavier_conv(cin, cout, k, generator=None):
    return uniform((cout, cin, k, k), 1 / (k * math.sqrt(cin)), generator)


def kaiming_linear(din, dout, generator=None):
    return math.sqrt(2) * xavier_linear(din, dout, generator)


def kaiming_conv(cin, cout, k, generator=None):
    return math.sqrt(2) * xavier_conv(cin, cout, k, generator)


def positive_bias(dout, value=0.01):
    return torch.ones(dout) * value


def activation_statistics(x, weights, activation):
    outs = Net(weights, activation).forward(x)
    return [o.mean().item() for o in outs], [o.std().item() for o in outs]


def gradient_statistics(x, weights, activation, upstream):
    net = Net(weights, activation)
    net.forward(x)
    return [g.std().item() for g in net.backward(upstream)]


def orthogonal(din, dout, gain=1.0, generator=None):
    # Gram and Schmidt, one vector after the other.
    long, short = max(din, dout), min(din, dout)
    vectors = []
    for _ in range(short):
        v = torch.randn(long, generator=generator, dtype=torch.float64)
        for _ in range(2):
            for u in vectors:
                v = v - (u @ v) * u
        vectors.append(v / v.norm())
    w = torch.stack(vectors, dim=1) * gain
    return w if din >= dout else w.T


def random_walk(dims, activation, generator=None):
    ws = []
    for i in range(len(dims) - 1):
        n = dims[i]
        if activation == "linear":
            g = math.exp(0.5 / n)
        else:
            g = math.sqrt(2.0) * math.exp(1.2 / (max(n, 6) - 2.4))
        ws.append(torch.randn(n, dims[i + 1], generator=generator) * g / math.sqrt(n))
    return ws


def data_dependent(x, weights):
    ws, bs = [], []
    h = x
    for w in weights:
        z = h @ w
        mu = z.mean(0, keepdim=True)
        sigma = ((z - mu) ** 2).mean(0, keepdim=True).sqrt()
        ws.append(w / sigma)
        bs.append((-mu / sigma)[0])
        h = torch.relu((z - mu) / sigma)
    return ws, bs


def lsuv(x, weights, tolerance=0.01, max_iterations=10):
    result = []
    h = x
    for w in weights:
        w = w.clone()
        steps = 0
        while abs((h @ w).std().item() - 1) > tolerance / 2 and steps < max_iterations:
            w /= (h @ w).std()
            steps += 1
        result.append(w)
        h = torch.relu(h @ w)
    return result


def fixup(num_blocks, dim, layers_per_block=2, generator=None):
    std = math.sqrt(2 / dim) * num_blocks ** (-0.5 / (layers_per_block - 1))
    def layer(i):
        last = i == layers_per_block - 1
        return torch.zeros(dim, dim) if last else torch.randn(dim, dim, generator=generator) * std
    return [[layer(i) for i in range(layers_per_block)] for _ in range(num_blocks)]


def lottery_ticket(initial, trained, keep):
    everything = torch.cat([t.abs().reshape(-1) for t in trained])
    k = round(keep * len(everything))
    threshold = everything.sort(descending=True)[0][k - 1]
    masks = [t.abs() >= threshold for t in trained]
    return masks, [w * m for w, m in zip(initial, masks)]
