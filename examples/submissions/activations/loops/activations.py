# expect: full
# I wrote everything with loops first because that is how I think about it.
import math

import torch


def apply(x, f):
    """f of every number of x"""
    numbers = x.detach().reshape(-1).tolist()
    result = []
    for v in numbers:
        result.append(f(v))
    return torch.tensor(result, dtype=x.dtype).reshape(x.shape)


def combine(x, d, f):
    """f(number of x, number of d) everywhere"""
    xs = x.detach().reshape(-1).tolist()
    ds = d.detach().reshape(-1).tolist()
    result = []
    for i in range(len(xs)):
        result.append(f(xs[i], ds[i]))
    return torch.tensor(result, dtype=x.dtype).reshape(x.shape)


def sig(v):
    if v >= 0:
        return 1.0 / (1.0 + math.exp(-v))
    e = math.exp(v)
    return e / (1.0 + e)


def sigmoid_forward(x):
    return apply(x, sig), x


def sigmoid_backward(dout, cache):
    return combine(cache, dout, lambda v, d: d * sig(v) * (1 - sig(v)))


def tanh_forward(x):
    return apply(x, math.tanh), x


def tanh_backward(dout, cache):
    return combine(cache, dout, lambda v, d: d * (1 - math.tanh(v) ** 2))


def relu_forward(x):
    return apply(x, lambda v: v if v > 0 else 0.0), x


def relu_backward(dout, cache):
    return combine(cache, dout, lambda v, d: d if v > 0 else 0.0)


def leaky_relu_forward(x, negative_slope=0.01):
    return apply(x, lambda v: v if v > 0 else negative_slope * v), (x, negative_slope)


def leaky_relu_backward(dout, cache):
    x, slope = cache
    return combine(x, dout, lambda v, d: d if v > 0 else slope * d)


def prelu_forward(x, alpha):
    rows = x.reshape(x.shape[0], -1)
    out = torch.zeros_like(rows)
    for i in range(rows.shape[0]):
        for j in range(rows.shape[1]):
            a = alpha if alpha.dim() == 0 else alpha[j]
            out[i, j] = rows[i, j] if rows[i, j] > 0 else a * rows[i, j]
    return out.reshape(x.shape), (x, alpha)


def prelu_backward(dout, cache):
    x, alpha = cache
    rows = x.reshape(x.shape[0], -1)
    douts = dout.reshape(x.shape[0], -1)
    dx = torch.zeros_like(rows)
    dalpha = torch.zeros_like(alpha)
    for i in range(rows.shape[0]):
        for j in range(rows.shape[1]):
            if rows[i, j] > 0:
                dx[i, j] = douts[i, j]
            elif alpha.dim() == 0:
                dx[i, j] = alpha * douts[i, j]
                dalpha += rows[i, j] * douts[i, j]
            else:
                dx[i, j] = alpha[j] * douts[i, j]
                dalpha[j] += rows[i, j] * douts[i, j]
    return dx.reshape(x.shape), dalpha


def elu_forward(x, alpha=1.0):
    return apply(x, lambda v: v if v > 0 else alpha * (math.exp(v) - 1)), (x, alpha)


def elu_backward(dout, cache):
    x, alpha = cache
    return combine(x, dout, lambda v, d: d if v > 0 else d * alpha * math.exp(v))


def selu_forward(x):
    out = apply(x, lambda v: 1.0507 * (v if v > 0 else 1.6733 * (math.exp(v) - 1)))
    return out, x


def selu_backward(dout, cache):
    return combine(
        cache, dout, lambda v, d: d * 1.0507 * (1.0 if v > 0 else 1.6733 * math.exp(v))
    )


def maxout_forward(x, w1, b1, w2, b2):
    n, din = x.shape
    dout_size = w1.shape[1]
    out = torch.zeros(n, dout_size, dtype=x.dtype)
    who = []
    for i in range(n):
        row = []
        for j in range(dout_size):
            first = b1[j].item()
            second = b2[j].item()
            for k in range(din):
                first += x[i, k].item() * w1[k, j].item()
                second += x[i, k].item() * w2[k, j].item()
            out[i, j] = max(first, second)
            row.append(first > second)
        who.append(row)
    return out, (x, w1, w2, who)


def maxout_backward(dout, cache):
    x, w1, w2, who = cache
    dx, dw1, dw2 = torch.zeros_like(x), torch.zeros_like(w1), torch.zeros_like(w2)
    db1 = torch.zeros(w1.shape[1], dtype=x.dtype)
    db2 = torch.zeros(w1.shape[1], dtype=x.dtype)
    for i in range(dout.shape[0]):
        for j in range(dout.shape[1]):
            g = dout[i, j]
            if who[i][j]:
                dx[i] += g * w1[:, j]
                dw1[:, j] += g * x[i]
                db1[j] += g
            else:
                dx[i] += g * w2[:, j]
                dw2[:, j] += g * x[i]
                db2[j] += g
    return dx, dw1, db1, dw2, db2


def swish_forward(x, beta=1.0):
    b = float(beta)
    return apply(x, lambda v: v * sig(b * v)), (x, b)


def swish_backward(dout, cache):
    x, b = cache
    dx = combine(x, dout, lambda v, d: d * (sig(b * v) + b * v * sig(b * v) * (1 - sig(b * v))))
    pieces = combine(x, dout, lambda v, d: d * v * v * sig(b * v) * (1 - sig(b * v)))
    dbeta = 0.0
    for piece in pieces.reshape(-1).tolist():
        dbeta += piece
    return dx, torch.tensor(dbeta, dtype=x.dtype)


def saturated_fraction(local_grad, threshold=1e-3):
    count = 0
    for g in local_grad.reshape(-1).tolist():
        if abs(g) < threshold:
            count += 1
    return count / local_grad.numel()


def dead_fraction(activations):
    dead = 0
    for column in activations.t().tolist():
        if all(a == 0 for a in column):
            dead += 1
    return dead / activations.shape[1]


def weight_gradient(x, upstream, w, b):
    z = b.item()
    for i in range(len(x)):
        z += x[i].item() * w[i].item()
    s = sig(z)
    return torch.tensor([upstream.item() * s * (1 - s) * v for v in x.tolist()], dtype=x.dtype)


def train_mlp(x, y, weights, batches, lr, activation):
    forward = {"relu": relu_forward, "tanh": tanh_forward, "sigmoid": sigmoid_forward}[activation]
    backward = {"relu": relu_backward, "tanh": tanh_backward, "sigmoid": sigmoid_backward}[activation]
    weights = [(w.clone(), b.clone()) for w, b in weights]
    losses = []
    for batch in batches:
        h, caches = x[batch], []
        for number, (w, b) in enumerate(weights):
            inputs, h = h, h @ w + b
            cache = None
            if number < len(weights) - 1:
                h, cache = forward(h)
            caches.append((inputs, cache))
        n = len(batch)
        logp = h - torch.logsumexp(h, dim=1, keepdim=True)
        loss = 0.0
        d = torch.exp(logp)
        for i in range(n):
            loss -= logp[i, y[batch][i]].item()
            d[i, y[batch][i]] -= 1
        losses.append(loss / n)
        d = d / n
        new = []
        for number in reversed(range(len(weights))):
            w, b = weights[number]
            inputs, cache = caches[number]
            if cache is not None:
                d = backward(d, cache)
            new.append((w - lr * inputs.t() @ d, b - lr * d.sum(0)))
            d = d @ w.t()
        weights = new[::-1]
    return weights, losses
