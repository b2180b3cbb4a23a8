"""Layers in float32 inside; training in the dtype of x, biases as one more row of each matrix."""

import torch
from torch.nn import functional


def sigmoid_forward(x):
    share = torch.special.expit(x.float())
    return share.to(x.dtype), share


def sigmoid_backward(dout, share):
    return (share * (1 - share)).mul(dout.float()).to(dout.dtype)


def tanh_forward(x):
    out = x.float().tanh()
    return out.to(x.dtype), out


def tanh_backward(dout, out):
    return (1 - out * out).mul(dout.float()).to(dout.dtype)


def relu_forward(x):
    thin = x.float()
    return functional.relu(thin).type_as(x), thin.gt(0).float()


def relu_backward(dout, slope):
    return slope.mul(dout.float()).type_as(dout)


def prelu_forward(x, alpha):
    thin, slope = x.float(), alpha.float()
    positive, negative = thin.clamp(min=0), thin.clamp(max=0)
    return (positive + slope * negative).type_as(x), (negative, slope)


def prelu_backward(dout, cache):
    negative, slope = cache
    upstream = dout.float()
    dx = upstream.lerp(slope * upstream, negative.ne(0).float())
    return dx.type_as(dout), (upstream * negative).sum_to_size(slope.shape).type_as(dout)


def selu_forward(x):
    return torch.selu(x.float()).type_as(x), x.float()


def selu_backward(dout, x):
    slope = torch.where(x > 0, 1.0, 1.6733 * x.clamp(max=0).exp())
    return (1.0507 * slope * dout.float()).type_as(dout)


def swish_forward(x, beta=1.0):
    thin, steepness = x.float(), float(beta)
    return (thin * torch.sigmoid(steepness * thin)).type_as(x), (thin, steepness)


def swish_backward(dout, cache):
    x, beta = cache
    share, upstream = torch.sigmoid(beta * x), dout.float()
    inner = share * (1 - share) * x
    return (upstream * (share + beta * inner)).type_as(dout), (upstream * inner * x).sum().type_as(
        dout
    )


def with_ones(h):
    return functional.pad(h, (0, 1), value=1.0)


def train_mlp(x, y, weights, batches, lr, activation):
    tall = [torch.vstack([w, b]) for w, b in weights]
    bend, losses = getattr(torch, activation), []
    for batch in batches:
        inputs = [with_ones(x[batch])]
        for w in tall[:-1]:
            inputs.append(with_ones(bend(inputs[-1] @ w)))
        scores, right = inputs[-1] @ tall[-1], functional.one_hot(y[batch], tall[-1].shape[1])
        losses.append((scores.logsumexp(dim=1) - (scores * right).sum(dim=1)).mean().item())
        dz, slopes = (scores.softmax(dim=1) - right) / len(batch), []
        for w, h in zip(tall[::-1], inputs[::-1], strict=True):
            slopes.append(h.T @ dz)
            bent = {"relu": h > 0, "tanh": 1 - h**2, "sigmoid": h - h**2}[activation]
            dz = ((dz @ w.T) * bent)[:, :-1]
        tall = [w - lr * dw for w, dw in zip(tall, reversed(slopes), strict=True)]
    return [(w[:-1].clone(), w[-1].clone()) for w in tall], losses
