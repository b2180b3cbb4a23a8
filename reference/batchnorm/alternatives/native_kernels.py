"""The kernels behind torch.nn.functional, forward and backward, called by their names."""

import torch

aten = torch.ops.aten
ALL = [True, True, True]


def batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    old = bn_param["running_mean"], bn_param["running_var"]
    if bn_param["mode"] == "test":
        out, _, _ = aten.native_batch_norm(x, gamma, beta, *old, False, 0.0, eps)
        return out, None
    out, mean, inverse = aten.native_batch_norm(x, gamma, beta, None, None, True, 0.0, eps)
    var, _ = aten.var_mean(x, [0, *range(2, x.ndim)], correction=0)
    for name, sample in (("running_mean", mean), ("running_var", var)):
        bn_param[name] = bn_param[name] * momentum + sample * (1 - momentum)
    return out, (x.clone(), gamma, mean, inverse, eps)


def batchnorm_backward(dout, cache):
    x, gamma, mean, inverse, eps = cache
    return aten.native_batch_norm_backward(
        dout, x, gamma, None, None, mean, inverse, True, eps, ALL
    )


# The kernel takes images as they are: everything but axis 1 is pooled.
spatial_batchnorm_forward = batchnorm_forward
spatial_batchnorm_backward = batchnorm_backward


def layernorm_forward(x, gamma, beta, ln_param):
    shape = [x.shape[1]]
    out, mean, inverse = aten.native_layer_norm(x, shape, gamma, beta, ln_param.get("eps", 1e-5))
    return out, (x.clone(), shape, mean, inverse, gamma, beta)


def layernorm_backward(dout, cache):
    return aten.native_layer_norm_backward(dout.contiguous(), *cache, ALL)


def groupnorm_forward(x, gamma, beta, groups, gn_param):
    sizes = (*x.shape[:2], x[0, 0].numel(), groups)
    own = x.contiguous()
    eps = gn_param.get("eps", 1e-5)
    out, mean, inverse = aten.native_group_norm(own, gamma, beta, *sizes, eps)
    return out, (own.clone(), mean, inverse, gamma, *sizes)


def groupnorm_backward(dout, cache):
    return aten.native_group_norm_backward(dout.contiguous(), *cache, ALL)


def instancenorm_forward(x, gamma, beta, in_param):
    return groupnorm_forward(x, gamma, beta, x.shape[1], in_param)


instancenorm_backward = groupnorm_backward
