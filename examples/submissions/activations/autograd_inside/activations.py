# expect: full
"""The backward functions ask autograd. The task does not forbid it."""

import torch


def _run(f, *tensors):
    with torch.enable_grad():
        leaves = [t.detach().clone().requires_grad_(True) for t in tensors]
        out = f(*leaves)
    return out.detach(), (out, leaves)


def _back(dout, cache):
    out, leaves = cache
    grads = torch.autograd.grad(out, leaves, grad_outputs=dout, retain_graph=True)
    return grads[0] if len(grads) == 1 else tuple(grads)


def sigmoid_forward(x):
    return _run(torch.sigmoid, x)


def tanh_forward(x):
    return _run(torch.tanh, x)


def relu_forward(x):
    return _run(torch.relu, x)


def leaky_relu_forward(x, negative_slope=0.01):
    return _run(lambda t: torch.where(t > 0, t, negative_slope * t), x)


def prelu_forward(x, alpha):
    return _run(lambda t, a: torch.where(t > 0, t, a * t), x, alpha)


def elu_forward(x, alpha=1.0):
    # the clamp keeps exp from overflowing in the branch that is not taken: 0 * inf is nan
    return _run(lambda t: torch.where(t > 0, t, alpha * torch.expm1(t.clamp(max=0))), x)


def selu_forward(x):
    scale, alpha = 1.0507, 1.6733
    return _run(lambda t: scale * torch.where(t > 0, t, alpha * torch.expm1(t.clamp(max=0))), x)


def maxout_forward(x, w1, b1, w2, b2):
    return _run(lambda t, u, c, v, d: torch.maximum(t @ u + c, t @ v + d), x, w1, b1, w2, b2)


def swish_forward(x, beta=1.0):
    beta = torch.as_tensor(beta, dtype=x.dtype)
    return _run(lambda t, b: t * torch.sigmoid(b * t), x, beta)


sigmoid_backward = tanh_backward = relu_backward = leaky_relu_backward = _back
prelu_backward = elu_backward = selu_backward = maxout_backward = swish_backward = _back


def saturated_fraction(local_grad, threshold=1e-3):
    return torch.count_nonzero(local_grad.abs() < threshold).item() / local_grad.numel()


def dead_fraction(activations):
    alive = (activations != 0).any(dim=0)
    return 1.0 - alive.double().mean().item()


def weight_gradient(x, upstream, w, b):
    with torch.enable_grad():
        w = w.detach().clone().requires_grad_()
        (upstream * torch.sigmoid(x @ w + b)).backward()
    return w.grad


def train_mlp(x, y, weights, batches, lr, activation):
    act = {"relu": torch.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid}[activation]
    with torch.enable_grad():
        params = [p.detach().clone().requires_grad_() for pair in weights for p in pair]
        losses = []
        for batch in batches:
            h = x[batch]
            for i in range(0, len(params) - 2, 2):
                h = act(h @ params[i] + params[i + 1])
            logits = h @ params[-2] + params[-1]
            loss = torch.nn.functional.cross_entropy(logits, y[batch])
            grads = torch.autograd.grad(loss, params)
            losses.append(loss.item())
            with torch.no_grad():
                for p, g in zip(params, grads):
                    p -= lr * g
    params = [p.detach() for p in params]
    return list(zip(params[::2], params[1::2])), losses
