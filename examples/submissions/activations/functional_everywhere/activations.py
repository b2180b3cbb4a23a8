# expect: full
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.func import vjp


def sigmoid_forward(x):
    out = F.sigmoid(x)
    return out, out


def sigmoid_backward(dout, cache):
    return torch.ops.aten.sigmoid_backward(dout, cache)


def tanh_forward(x):
    out = F.tanh(x)
    return out, out


def tanh_backward(dout, cache):
    return torch.ops.aten.tanh_backward(dout, cache)


def relu_forward(x):
    return F.relu(x), x


def relu_backward(dout, cache):
    return torch.ops.aten.threshold_backward(dout, cache, 0)


def leaky_relu_forward(x, negative_slope=0.01):
    return F.leaky_relu(x, negative_slope), (x, negative_slope)


def leaky_relu_backward(dout, cache):
    x, negative_slope = cache
    _, back = vjp(lambda t: F.leaky_relu(t, negative_slope), x)
    return back(dout)[0]


def prelu_forward(x, alpha):
    return F.prelu(x, alpha.reshape(-1)), (x, alpha)


def prelu_backward(dout, cache):
    x, alpha = cache
    _, back = vjp(lambda t, a: F.prelu(t, a.reshape(-1)), x, alpha)
    return back(dout)


def elu_forward(x, alpha=1.0):
    return F.elu(x, alpha=alpha), (x, alpha)


def elu_backward(dout, cache):
    x, alpha = cache
    _, back = vjp(lambda t: F.elu(t, alpha=alpha), x)
    return back(dout)[0]


def selu_forward(x):
    return F.selu(x), x


def selu_backward(dout, cache):
    _, back = vjp(F.selu, cache)
    return back(dout)[0]


def _maxout(x, w1, b1, w2, b2):
    return torch.maximum(F.linear(x, w1.T, b1), F.linear(x, w2.T, b2))


def maxout_forward(*args):
    return _maxout(*args), args


def maxout_backward(dout, cache):
    _, back = vjp(_maxout, *cache)
    return back(dout)


def swish_forward(x, beta=1.0):
    if isinstance(beta, float) and beta == 1.0:
        return F.silu(x), (x, torch.ones((), dtype=x.dtype))
    beta = torch.as_tensor(beta, dtype=x.dtype)
    return x * F.sigmoid(beta * x), (x, beta)


def swish_backward(dout, cache):
    _, back = vjp(lambda t, b: t * F.sigmoid(b * t), *cache)
    return back(dout)


def saturated_fraction(local_grad, threshold=1e-3):
    return local_grad.abs().lt(threshold).double().mean()


def dead_fraction(activations):
    return activations.eq(0).all(dim=0).double().mean()


def weight_gradient(x, upstream, w, b):
    _, back = vjp(lambda v: F.sigmoid(F.linear(x, v, b)), w)
    return back(upstream)[0]


def train_mlp(x, y, weights, batches, lr, activation):
    f = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid}[activation]
    layers = []
    for w, b in weights:
        linear = nn.Linear(*w.shape, dtype=w.dtype, device=w.device)
        with torch.no_grad():
            linear.weight.copy_(w.T)
            linear.bias.copy_(b)
        layers += [linear, f()]
    net = nn.Sequential(*layers[:-1])
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    losses = []
    for batch in batches:
        optimizer.zero_grad()
        loss = F.cross_entropy(net(x[batch]), y[batch])
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    trained = [
        (m.weight.detach().T.contiguous(), m.bias.detach()) for m in net if isinstance(m, nn.Linear)
    ]
    return trained, losses
