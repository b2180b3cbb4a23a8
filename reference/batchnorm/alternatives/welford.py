"""Mean and variance in one pass, brought up to date value by value (Welford), or joined (Chan)."""

import torch


def one_pass(values):
    """Mean and 1/n variance over the first axis."""
    mean, squares = torch.zeros_like(values[0]), torch.zeros_like(values[0])
    for count, value in enumerate(values, 1):
        step = value - mean
        mean = mean + step / count
        squares = squares + step * (value - mean)
    return mean, squares / len(values)


def joined(parts):
    """Count, mean and squares of (count, mean, squares) of parts."""
    count, mean, squares = parts[0]
    for more, other, inside in parts[1:]:
        step = other - mean
        total = count + more
        squares = squares + inside + step**2 * (count * more / total)
        mean, count = mean + step * (more / total), total
    return mean, squares / count


def batch_statistics(x):
    return one_pass(x)


def normalise_rows(rows, eps):
    mean, var = one_pass(rows.T)
    std = torch.sqrt(var + eps).unsqueeze(1)
    return (rows - mean.unsqueeze(1)) / std, std


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    wide = (slice(None), None, None)
    if bn_param["mode"] == "train":
        parts = []
        for image in x.flatten(start_dim=2):
            mean = image.mean(dim=1)
            parts.append((image.shape[1], mean, ((image - mean[:, None]) ** 2).sum(dim=1)))
        mean, var = joined(parts)
        momentum = bn_param.get("momentum", 0.9)
        for name, sample in (("running_mean", mean), ("running_var", var)):
            bn_param[name] = sample + momentum * (bn_param[name] - sample)
    else:
        mean, var = bn_param["running_mean"], bn_param["running_var"]
    inverse = 1 / torch.sqrt(var + bn_param.get("eps", 1e-5))
    normal = (x - mean[wide]) * inverse[wide]
    return gamma[wide] * normal + beta[wide], (normal, inverse, gamma)


def spatial_batchnorm_backward(dout, cache):
    normal, inverse, gamma = cache
    dgamma, dbeta = (dout * normal).sum(dim=(0, 2, 3)), dout.sum(dim=(0, 2, 3))
    count = dout.numel() / len(gamma)
    wide = (slice(None), None, None)
    centred = dout - (dbeta[wide] + normal * dgamma[wide]) / count
    return (gamma * inverse)[wide] * centred, dgamma, dbeta
