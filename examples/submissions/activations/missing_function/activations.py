# expect: loses=tanh.backward,tanh.backward.stable carried=train_mlp.trajectory failure=missing
# I know numpy better than torch, so: in with .numpy(), out with from_numpy.
import numpy as np
import torch


def to_np(t):
    return t.detach().cpu().numpy() if isinstance(t, torch.Tensor) else np.asarray(t)


def to_torch(a, like):
    return torch.from_numpy(np.array(a)).to(like.dtype)


def np_sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


def sigmoid_forward(x):
    s = np_sigmoid(to_np(x))
    return to_torch(s, x), {"s": s}


def sigmoid_backward(dout, cache):
    s = cache["s"]
    return to_torch(to_np(dout) * s * (1 - s), dout)


def tanh_forward(x):
    t = np.tanh(to_np(x))
    return to_torch(t, x), {"t": t}


def relu_forward(x):
    a = to_np(x)
    return to_torch(np.maximum(a, 0), x), {"x": a.copy()}


def relu_backward(dout, cache):
    return to_torch(to_np(dout) * (cache["x"] > 0), dout)


def leaky_relu_forward(x, negative_slope=0.01):
    a = to_np(x)
    k = np.where(a > 0, 1.0, negative_slope)
    return to_torch(k * a, x), {"k": k}


def leaky_relu_backward(dout, cache):
    return to_torch(to_np(dout) * cache["k"], dout)


def prelu_forward(x, alpha):
    a, al = to_np(x).copy(), to_np(alpha).copy()
    return to_torch(np.where(a > 0, a, al * a), x), {"x": a, "alpha": al}


def prelu_backward(dout, cache):
    d, a, al = to_np(dout), cache["x"], cache["alpha"]
    dx = np.where(a > 0, d, al * d)
    each = np.where(a > 0, 0, a * d)
    dalpha = each.sum() if al.ndim == 0 else each.reshape(-1, al.size).sum(axis=0)
    return to_torch(dx, dout), to_torch(dalpha, dout)


def elu_forward(x, alpha=1.0):
    a = to_np(x).copy()
    return to_torch(np.where(a > 0, a, alpha * np.expm1(np.minimum(a, 0))), x), {"x": a, "alpha": alpha}


def elu_backward(dout, cache):
    a = cache["x"]
    k = np.where(a > 0, 1.0, cache["alpha"] * np.exp(np.minimum(a, 0)))
    return to_torch(to_np(dout) * k, dout)


def selu_forward(x):
    a = to_np(x).copy()
    return to_torch(1.0507 * np.where(a > 0, a, 1.6733 * np.expm1(np.minimum(a, 0))), x), {"x": a}


def selu_backward(dout, cache):
    a = cache["x"]
    k = 1.0507 * np.where(a > 0, 1.0, 1.6733 * np.exp(np.minimum(a, 0)))
    return to_torch(to_np(dout) * k, dout)


def maxout_forward(x, w1, b1, w2, b2):
    a, u, c, v, d = map(to_np, (x, w1, b1, w2, b2))
    z1, z2 = np.dot(a, u) + c, np.dot(a, v) + d
    return to_torch(np.maximum(z1, z2), x), {"x": a.copy(), "w": (u.copy(), v.copy()), "m": z1 > z2}


def maxout_backward(dout, cache):
    d, a, (u, v), m = to_np(dout), cache["x"], cache["w"], cache["m"]
    d1, d2 = d * m, d * ~m
    parts = (d1.dot(u.T) + d2.dot(v.T), a.T.dot(d1), d1.sum(0), a.T.dot(d2), d2.sum(0))
    return tuple(to_torch(p, dout) for p in parts)


def swish_forward(x, beta=1.0):
    a, b = to_np(x).copy(), float(beta)
    s = np_sigmoid(b * a)
    return to_torch(a * s, x), {"x": a, "s": s, "b": b}


def swish_backward(dout, cache):
    d, a, s, b = to_np(dout), cache["x"], cache["s"], cache["b"]
    ds = s * (1 - s)
    return to_torch(d * (s + b * a * ds), dout), to_torch((d * a * a * ds).sum(), dout)


def saturated_fraction(local_grad, threshold=1e-3):
    return float(np.mean(np.abs(to_np(local_grad)) < threshold))


def dead_fraction(activations):
    return float(np.mean(np.all(to_np(activations) == 0, axis=0)))


def weight_gradient(x, upstream, w, b):
    a = to_np(x)
    s = np_sigmoid(a @ to_np(w) + to_np(b))
    return to_torch(to_np(upstream) * s * (1 - s) * a, x)


def train_mlp(x, y, weights, batches, lr, activation):
    X, Y = to_np(x), to_np(y)
    params = [[to_np(w).copy(), to_np(b).copy()] for w, b in weights]
    f, df = globals()[activation + "_forward"], globals()[activation + "_backward"]
    losses = []
    for batch in batches:
        idx = to_np(batch)
        acts, caches = [X[idx]], []
        for w, b in params[:-1]:
            out, cache = f(torch.from_numpy(acts[-1] @ w + b))
            acts.append(to_np(out))
            caches.append(cache)
        scores = acts[-1] @ params[-1][0] + params[-1][1]
        scores = scores - scores.max(axis=1, keepdims=True)
        logp = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        rows = np.arange(len(idx))
        losses.append(float(-logp[rows, Y[idx]].mean()))
        d = np.exp(logp)
        d[rows, Y[idx]] -= 1
        d /= len(idx)
        for layer in range(len(params) - 1, -1, -1):
            w, b = params[layer]
            dw, db, back = acts[layer].T @ d, d.sum(axis=0), d @ w.T
            params[layer] = [w - lr * dw, b - lr * db]
            if layer:
                d = to_np(df(torch.from_numpy(back), caches[layer - 1]))
    return [(to_torch(w, x), to_torch(b, x)) for w, b in params], losses
