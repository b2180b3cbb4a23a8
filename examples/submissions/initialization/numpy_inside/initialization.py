# expect: full
# numpy is what I know; the generator only seeds it.
import numpy as np
import torch


def numbers(generator):
    seed = torch.randint(0, 2**62, (1,), generator=generator).item()
    return np.random.default_rng(seed)


def act(z, name):
    return np.tanh(z) if name == "tanh" else np.maximum(z, 0)


def small_random(din, dout, std=0.01, generator=None):
    return torch.from_numpy(numbers(generator).normal(0, std, (din, dout)))


def xavier_linear(din, dout, generator=None):
    return torch.from_numpy(numbers(generator).normal(0, 1 / np.sqrt(din), (din, dout)))


def xavier_conv(cin, cout, k, generator=None):
    std = 1 / np.sqrt(k * k * cin)
    return torch.from_numpy(numbers(generator).normal(0, std, (cout, cin, k, k)))


def kaiming_linear(din, dout, generator=None):
    return torch.from_numpy(numbers(generator).normal(0, np.sqrt(2 / din), (din, dout)))


def kaiming_conv(cin, cout, k, generator=None):
    std = np.sqrt(2 / (k * k * cin))
    return torch.from_numpy(numbers(generator).normal(0, std, (cout, cin, k, k)))


def positive_bias(dout, value=0.01):
    return torch.from_numpy(np.full(dout, value))


def activation_statistics(x, weights, activation):
    h, means, stds = x.numpy(), [], []
    for w in weights:
        h = act(h @ w.numpy(), activation)
        means.append(h.mean())
        stds.append(h.std())
    return torch.tensor(means), torch.tensor(stds)


def gradient_statistics(x, weights, activation, upstream):
    hs = [x.numpy()]
    for w in weights:
        hs.append(act(hs[-1] @ w.numpy(), activation))
    g, stds = upstream.numpy(), []
    for w, before, after in zip(weights[::-1], hs[-2::-1], hs[:0:-1]):
        g = g * (1 - after**2 if activation == "tanh" else after > 0)
        stds.append((before.T @ g).std())
        g = g @ w.numpy().T
    return torch.tensor(stds[::-1])


def orthogonal(din, dout, gain=1.0, generator=None):
    u, _, vt = np.linalg.svd(numbers(generator).normal(size=(din, dout)), full_matrices=False)
    return torch.from_numpy(gain * u @ vt)


def random_walk(dims, activation, generator=None):
    rng, weights = numbers(generator), []
    for n, m in zip(dims, dims[1:]):
        relu = np.sqrt(2) * np.exp(1.2 / (max(n, 6) - 2.4))
        g = relu if activation == "relu" else np.exp(1 / (2 * n))
        weights.append(torch.from_numpy(g / np.sqrt(n) * rng.normal(size=(n, m))))
    return weights


def data_dependent(x, weights):
    h, ws, bs = x.numpy(), [], []
    for w in weights:
        z = h @ w.numpy()
        ws.append(torch.from_numpy(w.numpy() / z.std(0)))
        bs.append(torch.from_numpy(-z.mean(0) / z.std(0)))
        h = np.maximum((z - z.mean(0)) / z.std(0), 0)
    return ws, bs


def lsuv(x, weights, tolerance=0.01, max_iterations=10):
    h, ws = x.numpy(), []
    for w in weights:
        scaled = w.numpy() / (h @ w.numpy()).std()
        ws.append(torch.from_numpy(scaled))
        h = np.maximum(h @ scaled, 0)
    return ws


def fixup(num_blocks, dim, layers_per_block=2, generator=None):
    m = layers_per_block
    factor = num_blocks ** (-1 / (2 * m - 2))
    blocks = []
    for _ in range(num_blocks):
        block = [kaiming_linear(dim, dim, generator) * factor for _ in range(m - 1)]
        block.append(torch.zeros(dim, dim))
        blocks.append(block)
    return blocks


def lottery_ticket(initial, trained, keep):
    sizes = np.concatenate([np.abs(w.numpy()).ravel() for w in trained])
    order = np.argsort(-sizes)
    flat = np.zeros(len(sizes))
    flat[order[: int(round(keep * len(sizes)))]] = 1
    masks, at = [], 0
    for w in trained:
        masks.append(torch.from_numpy(flat[at : at + w.numel()].reshape(w.shape)))
        at += w.numel()
    return masks, [m * w for m, w in zip(masks, initial)]
