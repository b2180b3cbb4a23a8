"""Float64 inside, whatever comes in; results go back to the dtype of x."""

import torch


def wide(*tensors):
    return tuple(tensor.double() for tensor in tensors)


def batchnorm_forward(x, gamma, beta, bn_param):
    rows, scale, shift = wide(x, gamma, beta)
    mean, var = wide(bn_param["running_mean"], bn_param["running_var"])
    if bn_param["mode"] == "train":
        momentum = bn_param.get("momentum", 0.9)
        sample_mean, sample_var = rows.mean(dim=0), rows.var(dim=0, unbiased=False)
        moving_mean = mean * momentum + sample_mean * (1 - momentum)
        moving_var = var * momentum + sample_var * (1 - momentum)
        bn_param["running_mean"] = moving_mean.to(x.dtype)
        bn_param["running_var"] = moving_var.to(x.dtype)
        mean, var = sample_mean, sample_var
    spread = (var + bn_param.get("eps", 1e-5)) ** 0.5
    normal = (rows - mean) / spread
    return (normal * scale + shift).to(x.dtype), {"normal": normal, "factor": scale / spread}


def batchnorm_backward(dout, cache):
    (upstream,) = wide(dout)
    normal, factor = cache["normal"], cache["factor"]
    dgamma, dbeta = (upstream * normal).sum(dim=0), upstream.sum(dim=0)
    dx = factor * (upstream - (dbeta + normal * dgamma) / len(dout))
    return tuple(slope.to(dout.dtype) for slope in (dx, dgamma, dbeta))


def layernorm_forward(x, gamma, beta, ln_param):
    rows, scale, shift = wide(x, gamma, beta)
    centred = rows - rows.mean(dim=-1, keepdim=True)
    var = centred.square().mean(dim=-1, keepdim=True)
    inverse = torch.rsqrt(var + ln_param.get("eps", 1e-5))
    return (centred * inverse * scale + shift).type_as(x), (centred * inverse, inverse, scale)


def layernorm_backward(dout, cache):
    normal, inverse, scale = cache
    (upstream,) = wide(dout)
    dnormal, width = upstream * scale, normal.shape[-1]
    along = dnormal.sum(dim=-1, keepdim=True) + normal * (dnormal * normal).sum(-1, keepdim=True)
    dx = inverse * (dnormal - along / width)
    dgamma = (upstream * normal).sum(dim=0)
    return dx.type_as(dout), dgamma.type_as(dout), upstream.sum(dim=0).type_as(dout)


def fold_linear(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    weight, bias, scale, shift, mean, var = wide(w, b, gamma, beta, running_mean, running_var)
    factor = torch.diag(scale * torch.rsqrt(var + eps))
    return (weight @ factor).type_as(w), ((bias - mean) @ factor + shift).type_as(w)


def fold_conv(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    weight, bias, scale, shift, mean, var = wide(w, b, gamma, beta, running_mean, running_var)
    factor = scale * torch.rsqrt(var + eps)
    folded = torch.tensordot(torch.diag(factor), weight, dims=1)
    return folded.type_as(w), torch.addcmul(shift, bias - mean, factor).type_as(w)
