# expect: full
# Домашнее задание 1. Функции активации.
# Писал в Блокноте, он добавил в начало файла невидимый знак.
import torch

# константы SELU с лекции
α, λ = 1.6733, 1.0507


def кусок(условие, да, нет):
    """Там, где условие верно, берём «да», иначе «нет»."""
    return torch.where(условие, да, нет)


def sigmoid_forward(x):
    σ = 1 / (1 + torch.exp(-x.clamp(min=-700)))  # exp(800) — это бесконечность, поэтому режем
    return σ, σ


def sigmoid_backward(dout, cache):
    σ = cache
    return dout * σ * (1 - σ)


def tanh_forward(x):
    th = torch.tanh(x)
    return th, th


def tanh_backward(dout, cache):
    return dout * (1 - cache**2)


def relu_forward(x):
    ноль = torch.zeros((), dtype=x.dtype)
    return кусок(x > 0, x, ноль), x > 0


def relu_backward(dout, cache):
    живые = cache
    return dout * живые


def leaky_relu_forward(x, negative_slope=0.01):
    return кусок(x > 0, x, negative_slope * x), (x > 0, negative_slope)


def leaky_relu_backward(dout, cache):
    живые, наклон = cache
    return кусок(живые, dout, наклон * dout)


def prelu_forward(x, alpha):
    # max(x, αx) годится только при α < 1, поэтому выбираем по знаку
    return кусок(x > 0, x, alpha * x), (x, alpha)


def prelu_backward(dout, cache):
    x, alpha = cache
    dx = кусок(x > 0, dout, alpha * dout)
    вклад = dout * torch.minimum(x, torch.zeros_like(x))
    dalpha = вклад.sum() if alpha.dim() == 0 else вклад.sum(0)  # один α на столбец
    return dx, dalpha


def elu_forward(x, alpha=1.0):
    хвост = torch.expm1(torch.minimum(x, torch.zeros_like(x)))
    return кусок(x > 0, x, alpha * хвост), (x, alpha, хвост)


def elu_backward(dout, cache):
    x, alpha, хвост = cache
    return кусок(x > 0, dout, dout * alpha * (хвост + 1))


def selu_forward(x):
    y, cache = elu_forward(x, α)
    return λ * y, cache


def selu_backward(dout, cache):
    return elu_backward(λ * dout, cache)


def maxout_forward(x, w1, b1, w2, b2):
    y1, y2 = x @ w1 + b1, x @ w2 + b2
    победил_первый = y1 > y2
    return кусок(победил_первый, y1, y2), (x, w1, w2, победил_первый)


def maxout_backward(dout, cache):
    x, w1, w2, победил_первый = cache
    d1 = dout * победил_первый
    d2 = dout - d1
    return d1 @ w1.T + d2 @ w2.T, x.T @ d1, d1.sum(0), x.T @ d2, d2.sum(0)


def swish_forward(x, beta=1.0):
    σ, _ = sigmoid_forward(beta * x)
    return x * σ, (x, beta, σ)


def swish_backward(dout, cache):
    x, beta, σ = cache
    dσ = σ * (1 - σ)
    return dout * (σ + x * beta * dσ), (dout * x**2 * dσ).sum()


def saturated_fraction(local_grad, threshold=1e-3):
    return (local_grad.abs() < threshold).double().mean().item()


def dead_fraction(activations):
    return (activations.max(dim=0).values == 0).double().mean().item()


def weight_gradient(x, upstream, w, b):
    σ, _ = sigmoid_forward((w * x).sum() + b)
    return upstream * σ * (1 - σ) * x


def train_mlp(x, y, weights, batches, lr, activation):
    вперёд = {"relu": relu_forward, "tanh": tanh_forward, "sigmoid": sigmoid_forward}[activation]
    назад = {"relu": relu_backward, "tanh": tanh_backward, "sigmoid": sigmoid_backward}[activation]
    слои = [(w.clone(), b.clone()) for w, b in weights]
    потери = []
    for пачка in batches:
        h, входы, кэши = x[пачка], [], []
        for w, b in слои[:-1]:
            входы.append(h)
            h, кэш = вперёд(h @ w + b)
            кэши.append(кэш)
        входы.append(h)
        w, b = слои[-1]
        оценки = h @ w + b
        оценки = оценки - оценки.max(dim=1, keepdim=True).values
        p = оценки.exp() / оценки.exp().sum(dim=1, keepdim=True)
        номера = torch.arange(len(пачка))
        потери.append(float(-(p[номера, y[пачка]]).log().mean()))
        p[номера, y[пачка]] -= 1
        d = p / len(пачка)
        новые = []
        for i in reversed(range(len(слои))):
            w, b = слои[i]
            новые.insert(0, (w - lr * входы[i].T @ d, b - lr * d.sum(0)))
            if i:
                d = назад(d @ w.T, кэши[i - 1])
        слои = новые
    return слои, потери
