"""A class of nodes with a tape, and each layer's whole bn_param as its running statistics."""

import torch


class Hidden:
    """Linear, batchnorm, ReLU; keeps what its way back needs."""

    def __init__(self, w, b, gamma, beta):
        self.values = [w.clone(), b.clone(), gamma.clone(), beta.clone()]
        mean, var = torch.zeros_like(beta), torch.ones_like(beta)
        self.bn_param = {"mode": "train", "eps": 1e-5, "momentum": 0.9}
        self.bn_param |= {"running_mean": mean, "running_var": var}

    def forward(self, x):
        """What the next layer sees."""
        w, b, gamma, beta = self.values
        out, self.cache = batchnorm_forward(x @ w + b, gamma, beta, self.bn_param)
        self.x, self.alive = x, out > 0
        return torch.where(self.alive, out, torch.zeros_like(out))

    def backward(self, dout):
        """The gradient by x; those by the values stay here."""
        dz, dgamma, dbeta = batchnorm_backward(dout * self.alive, self.cache)
        self.slopes = [self.x.T @ dz, dz.sum(dim=0), dgamma, dbeta]
        return dz @ self.values[0].T


class Last:
    """Linear."""

    def __init__(self, w, b):
        self.values = [w.clone(), b.clone()]

    def forward(self, x):
        """The scores."""
        self.x = x
        return x @ self.values[0] + self.values[1]

    def backward(self, dout):
        """The gradient by x; those by the values stay here."""
        self.slopes = [self.x.T @ dout, dout.sum(dim=0)]
        return dout @ self.values[0].T


def train_batchnorm_mlp(x, y, params, batches, lr):
    layers = [*(Hidden(*values) for values in params[:-1]), Last(*params[-1])]
    losses = []
    for batch in batches:
        h = x[batch]
        for layer in layers:
            h = layer.forward(h)
        right = torch.nn.functional.one_hot(y[batch], h.shape[1])
        log_shares = torch.log_softmax(h, dim=1)
        losses.append(float(-(log_shares * right).sum() / len(batch)))
        dh = (log_shares.exp() - right) / len(batch)
        for layer in reversed(layers):
            dh = layer.backward(dh)
        for layer in layers:
            for value, slope in zip(layer.values, layer.slopes, strict=True):
                value -= lr * slope
    return [tuple(layer.values) for layer in layers], [h.bn_param for h in layers[:-1]], losses
