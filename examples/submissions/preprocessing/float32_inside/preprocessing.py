# expect: full
# My laptop's GPU has no float64, so everything but the eigenvalues is float32 inside.
import torch


def fit_mean_image(train):
    return train.float().mean(0).to(train.dtype)


def fit_channel_mean(train):
    return train.float().mean((0, 2, 3)).to(train.dtype)


def fit_channel_mean_std(train):
    t = train.float()
    m = t.mean((0, 2, 3), keepdim=True)
    s = ((t - m) ** 2).mean((0, 2, 3)) ** 0.5
    return m.flatten().to(train.dtype), s.to(train.dtype)


def normalize(x, mean, std=None):
    m = mean.float()
    m = m if m.dim() == 3 else m.view(-1, 1, 1)
    out = x.float() - m
    if std is not None:
        s = std.float().view(-1, 1, 1)
        out = out / (s + (s == 0))
    return out.to(x.dtype)


def fit_pca(x, k=None):
    d = x.double()
    mean = d.mean(0)
    cov = torch.cov(d.T, correction=0)
    e, v = torch.linalg.eigh(cov)
    e, v = torch.flip(e, [0]), torch.flip(v, [1])
    k = k or x.shape[1]
    return mean.to(x.dtype), v[:, :k].T.to(x.dtype), e[:k].to(x.dtype)


def pca_transform(x, mean, components):
    return ((x.float() - mean.float()) @ components.float().T).to(x.dtype)


def pca_inverse(z, mean, components):
    return (z.float() @ components.float() + mean.float()).to(z.dtype)


def whiten(x, mean, components, eigenvalues, eps=1e-5):
    z = (x.float() - mean.float()) @ components.float().T
    return (z / torch.sqrt(eigenvalues.float() + eps)).to(x.dtype)


def loss_sensitivity(x, y, w, delta):
    x, y, w, delta = x.float(), y.float(), w.float(), delta.float()
    a = -torch.nn.functional.logsigmoid(y * (x @ (w + delta))).mean()
    b = -torch.nn.functional.logsigmoid(y * (x @ w)).mean()
    return float(abs(a - b))


def weight_gradient_signs(x, upstream):
    g = (upstream.float()[:, None] * x.float()).sign()
    return float((g == g[:, :1]).all(1).float().mean())
