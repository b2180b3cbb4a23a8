# expect: loses=questions.channel_mean_std_numbers,questions.test_statistics,questions.images_pca
import torch
import numpy as np
import torch


def np_(t):
    return t.detach().numpy()


def pt(a, like):
    return torch.from_numpy(np.ascontiguousarray(a)).to(like.dtype)


def fit_mean_image(train):
    return pt(np.average(np_(train), axis=0), train)


def fit_channel_mean(train):
    return pt(np.mean(np_(train), axis=(0, 2, 3)), train)


def fit_channel_mean_std(train):
    a = np.moveaxis(np_(train), 1, 0).reshape(train.shape[1], -1)
    return pt(a.mean(1), train), pt(a.std(1), train)


def normalize(x, mean, std=None):
    a, m = np_(x), np_(mean)
    if m.ndim == 1:
        m = m.reshape(-1, 1, 1)
    out = a - m
    if std is not None:
        s = np_(std).copy()
        s[s == 0] = 1
        out = out / s.reshape(-1, 1, 1)
    return pt(out, x)


def fit_pca(x, k=None):
    a = np_(x)
    values, vectors = np.linalg.eigh(np.cov(a, rowvar=False, bias=True))
    order = np.argsort(values)[::-1][: k or len(values)]
    return pt(a.mean(0), x), pt(vectors[:, order].T, x), pt(values[order], x)


def pca_transform(x, mean, components):
    return pt(np.dot(np_(x) - np_(mean), np_(components).T), x)


def pca_inverse(z, mean, components):
    return pt(np.dot(np_(z), np_(components)) + np_(mean), z)


def whiten(x, mean, components, eigenvalues, eps=1e-5):
    z = np_(pca_transform(x, mean, components))
    return pt(z / np.sqrt(np_(eigenvalues) + eps), x)


def loss_sensitivity(x, y, w, delta):
    def loss(v):
        return np.logaddexp(0, -np_(y) * np_(x).dot(v)).mean()

    return abs(loss(np_(w) + np_(delta)) - loss(np_(w)))


def weight_gradient_signs(x, upstream):
    g = np.sign(np_(upstream)[:, None] * np_(x))
    return np.mean(np.abs(g.sum(axis=1)) == g.shape[1])
