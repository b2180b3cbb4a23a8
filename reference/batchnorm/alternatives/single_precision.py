"""Float32 inside where four digits are enough: images, layernorm and folding."""

import torch


def thin(*tensors):
    return tuple(tensor.to(torch.float32) for tensor in tensors)


def column(parameter):
    return parameter[None, :, None, None]


def normal_and_spread(x, dims, eps):
    mean = torch.mean(x, dims, keepdim=True)
    spread = torch.mean((x - mean) ** 2, dims, keepdim=True).add(eps).sqrt()
    return (x - mean) / spread, spread


def through_normal(slope, normal, spread, dims):
    straight = slope - slope.mean(dims, keepdim=True)
    return (straight - normal * (slope * normal).mean(dims, keepdim=True)) / spread


def layernorm_forward(x, gamma, beta, ln_param):
    rows, scale, shift = thin(x, gamma, beta)
    normal, spread = normal_and_spread(rows, (1,), ln_param.get("eps", 1e-5))
    return (scale * normal + shift).to(x.dtype), (normal, spread, scale)


def layernorm_backward(dout, cache):
    normal, spread, scale = cache
    (upstream,) = thin(dout)
    dx = through_normal(upstream * scale, normal, spread, (1,))
    slopes = (dx, (upstream * normal).sum(dim=0), upstream.sum(dim=0))
    return tuple(slope.to(dout.dtype) for slope in slopes)


def image_forward(x, gamma, beta, eps, rows):
    pixels, scale, shift = thin(x, gamma, beta)
    normal, spread = normal_and_spread(pixels.reshape(rows, -1), (1,), eps)
    out = column(scale) * normal.view(x.shape) + column(shift)
    return out.to(x.dtype), (normal, spread, scale)


def image_backward(dout, cache):
    normal, spread, scale = cache
    (upstream,) = thin(dout)
    dnormal = (upstream * column(scale)).reshape(normal.shape)
    dx = through_normal(dnormal, normal, spread, (1,)).view(dout.shape)
    dgamma = (upstream * normal.view(dout.shape)).sum(dim=(0, 2, 3))
    slopes = (dx, dgamma, upstream.sum(dim=(0, 2, 3)))
    return tuple(slope.to(dout.dtype) for slope in slopes)


def fold_linear(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    weight, bias, scale, shift, mean, var = thin(w, b, gamma, beta, running_mean, running_var)
    ratio = scale / (var + eps).sqrt()
    return (ratio * weight).to(w.dtype), (ratio * bias + (shift - ratio * mean)).to(w.dtype)


def fold_conv(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    weight, bias, scale, shift, mean, var = thin(w, b, gamma, beta, running_mean, running_var)
    ratio = scale / (var + eps).sqrt()
    filters = [share * kernel for share, kernel in zip(ratio, weight, strict=True)]
    return torch.stack(filters).to(w.dtype), (ratio * (bias - mean) + shift).to(w.dtype)
