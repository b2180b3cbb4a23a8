# expect: full
import functools

import torch
from torch import Tensor


def in_float32(f):
    """GPU habits: count in float32, hand back the dtype that came in."""

    @functools.wraps(f)
    def wrapped(*args):
        dtype = next(a.dtype for a in args if isinstance(a, Tensor))
        low = [a.float() if isinstance(a, Tensor) and a.is_floating_point() else a for a in args]
        result = f(*low)
        parts = result if isinstance(result, tuple) else (result,)
        parts = tuple(
            p.to(dtype) if isinstance(p, Tensor) and p.is_floating_point() else p for p in parts
        )
        return parts if isinstance(result, tuple) else parts[0]

    return wrapped


@in_float32
def sigmoid_forward(x):
    return torch.sigmoid(x), [x]


@in_float32
def sigmoid_backward(dout, cache):
    s = torch.sigmoid(cache[0])
    return dout * s * torch.sigmoid(-cache[0])


@in_float32
def tanh_forward(x):
    return torch.tanh(x), [x]


@in_float32
def tanh_backward(dout, cache):
    return dout / torch.cosh(cache[0].clamp(-40, 40)) ** 2


@in_float32
def relu_forward(x):
    return torch.clamp(x, min=0), [x]


@in_float32
def relu_backward(dout, cache):
    return torch.where(cache[0] > 0, dout, torch.zeros_like(dout))


@in_float32
def leaky_relu_forward(x, negative_slope=0.01):
    return torch.where(x > 0, x, negative_slope * x), [x, negative_slope]


@in_float32
def leaky_relu_backward(dout, cache):
    return torch.where(cache[0] > 0, dout, cache[1] * dout)


@in_float32
def prelu_forward(x, alpha):
    return torch.where(x > 0, x, alpha * x), [x, alpha]


@in_float32
def prelu_backward(dout, cache):
    x, alpha = cache
    dx = torch.where(x > 0, dout, alpha * dout)
    dalpha = torch.where(x > 0, 0.0, x * dout)
    return dx, (dalpha.sum() if alpha.ndim == 0 else dalpha.sum(dim=0))


@in_float32
def elu_forward(x, alpha=1.0):
    return torch.where(x > 0, x, alpha * torch.expm1(x.clamp(max=0))), [x, alpha]


@in_float32
def elu_backward(dout, cache):
    x, alpha = cache
    return torch.where(x > 0, dout, dout * alpha * torch.exp(x.clamp(max=0)))


@in_float32
def selu_forward(x):
    return 1.0507 * torch.where(x > 0, x, 1.6733 * torch.expm1(x.clamp(max=0))), [x]


@in_float32
def selu_backward(dout, cache):
    x = cache[0]
    return 1.0507 * torch.where(x > 0, dout, dout * 1.6733 * torch.exp(x.clamp(max=0)))


@in_float32
def maxout_forward(x, w1, b1, w2, b2):
    z = torch.stack([x @ w1 + b1, x @ w2 + b2])
    out, which = z.max(dim=0)
    return out, [x, w1, w2, which]


@in_float32
def maxout_backward(dout, cache):
    x, w1, w2, which = cache
    d1, d2 = dout * (which == 0), dout * (which == 1)
    return d1 @ w1.T + d2 @ w2.T, x.T @ d1, d1.sum(0), x.T @ d2, d2.sum(0)


@in_float32
def swish_forward(x, beta=1.0):
    return x * torch.sigmoid(beta * x), [x, beta]


@in_float32
def swish_backward(dout, cache):
    x, beta = cache
    s = torch.sigmoid(beta * x)
    r = s * torch.sigmoid(-beta * x)
    return dout * (s + beta * x * r), (dout * x * x * r).sum()


def saturated_fraction(local_grad, threshold=1e-3):
    return (local_grad.abs() < threshold).float().mean().item()


def dead_fraction(activations):
    return (activations == 0).all(dim=0).float().mean().item()


@in_float32
def weight_gradient(x, upstream, w, b):
    z = torch.dot(x, w) + b
    return upstream * torch.sigmoid(z) * torch.sigmoid(-z) * x


FORWARD = {"relu": relu_forward, "tanh": tanh_forward, "sigmoid": sigmoid_forward}
BACKWARD = {"relu": relu_backward, "tanh": tanh_backward, "sigmoid": sigmoid_backward}


def train_mlp(x, y, weights, batches, lr, activation):
    # the sum over many steps would lose digits, so the loop itself keeps the dtype it was given
    ws = [w.clone() for w, _ in weights]
    bs = [b.clone() for _, b in weights]
    losses = []
    for idx in batches:
        acts, caches = [x[idx]], []
        for w, b in zip(ws[:-1], bs[:-1]):
            z = acts[-1] @ w + b
            a = {"relu": torch.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid}[activation](z)
            acts.append(a)
            caches.append((z, a))
        logits = acts[-1] @ ws[-1] + bs[-1]
        logp = torch.log_softmax(logits, dim=1)
        losses.append(-logp[range(len(idx)), y[idx]].mean().item())
        d = logp.exp()
        d[range(len(idx)), y[idx]] -= 1
        d = d / len(idx)
        for i in reversed(range(len(ws))):
            dw, db, d = acts[i].T @ d, d.sum(0), d @ ws[i].T
            ws[i] = ws[i] - lr * dw
            bs[i] = bs[i] - lr * db
            if i > 0:
                z, a = caches[i - 1]
                d = d * {"relu": (z > 0).to(d.dtype), "tanh": 1 - a * a, "sigmoid": a * (1 - a)}[activation]
    return list(zip(ws, bs)), losses
