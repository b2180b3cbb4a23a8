"""A channel is normalised over all images: that is spatial batchnorm."""

import torch

LOSES = ["instancenorm.forward"]
DIAGNOSIS = {
    "en": "a channel is normalised over all images: that is spatial batchnorm",
    "ru": "канал нормирован по всем изображениям: это пространственный batchnorm",
}
HINT = {
    "en": "Each image stands alone.",
    "ru": "Каждое изображение само по себе.",
}


def instancenorm_forward(x, gamma, beta, in_param):
    out, (normal, std, _) = image_forward(
        x.transpose(0, 1), torch.ones_like(x[:, 0, 0, 0]), torch.zeros_like(x[:, 0, 0, 0]),
        in_param.get("eps", 1e-5), x.shape[1],
    )  # fmt: skip
    return by_channel(gamma) * out.transpose(0, 1) + by_channel(beta), (normal, std, gamma)


def instancenorm_backward(dout, cache):
    normal, std, gamma = cache
    turned = (dout * by_channel(gamma)).transpose(0, 1)
    dx = normalise_rows_backward(turned.reshape(normal.shape), normal, std)
    dx = dx.reshape(turned.shape).transpose(0, 1)
    by_entry = dout * normal.reshape(turned.shape).transpose(0, 1)
    return dx, by_entry.sum(dim=(0, 2, 3)), dout.sum(dim=(0, 2, 3))
