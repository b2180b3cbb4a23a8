"""Running statistics changed in their own tensors, own copies everywhere else."""

import torch


def batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    normal = x.clone()
    if bn_param["mode"] == "train":
        mean = normal.mean(dim=0)
        normal -= mean
        var = normal.square().mean(dim=0)
        bn_param["running_mean"].mul_(momentum).add_(mean, alpha=1 - momentum)
        bn_param["running_var"].mul_(momentum).add_(var, alpha=1 - momentum)
    else:
        normal -= bn_param["running_mean"]
        var = bn_param["running_var"]
    spread = var.add(eps).sqrt_()
    normal /= spread
    return normal.mul(gamma).add_(beta), (normal, spread, gamma.clone())


def batchnorm_backward(dout, cache):
    normal, spread, gamma = cache
    dgamma, dbeta = dout.mul(normal).sum(dim=0), dout.sum(dim=0)
    dx = dout.clone()
    dx -= dbeta / len(dout)
    dx.addcmul_(normal, dgamma, value=-1 / len(dout))
    dx *= gamma
    dx /= spread
    return dx, dgamma, dbeta


def instancenorm_forward(x, gamma, beta, in_param):
    normal = x.clone()
    normal -= normal.mean(dim=(2, 3), keepdim=True)
    spread = normal.square().mean(dim=(2, 3), keepdim=True).add_(in_param.get("eps", 1e-5)).sqrt_()
    normal /= spread
    out = normal.clone()
    for channel, (scale, shift) in enumerate(zip(gamma, beta, strict=True)):
        out[:, channel].mul_(scale).add_(shift)
    return out, (normal, spread, gamma.clone())


def instancenorm_backward(dout, cache):
    normal, spread, gamma = cache
    products = dout * normal
    dx = dout - dout.mean(dim=(2, 3), keepdim=True)
    dx.addcmul_(normal, products.mean(dim=(2, 3), keepdim=True), value=-1)
    dx /= spread
    for channel, scale in enumerate(gamma):
        dx[:, channel] *= scale
    return dx, products.sum(dim=(0, 2, 3)), dout.sum(dim=(0, 2, 3))


def train_batchnorm_mlp(x, y, params, batches, lr):
    own = [tuple(parameter.clone() for parameter in layer) for layer in params]
    settings, losses = [], []
    for *_, beta in own[:-1]:
        statistics = {
            "running_mean": beta.new_zeros(len(beta)),
            "running_var": beta.new_ones(len(beta)),
        }
        settings.append({"mode": "train", **statistics})
    for batch in batches:
        h, right, tape = x[batch], y[batch].unsqueeze(1), []
        for (w, b, gamma, beta), setting in zip(own[:-1], settings, strict=True):
            out, cache = batchnorm_forward(torch.addmm(b, h, w), gamma, beta, setting)
            tape.append((h, cache, out))
            h = out.clamp(min=0)
        dz = torch.softmax(torch.addmm(own[-1][1], h, own[-1][0]), dim=1)
        losses.append(-dz.gather(1, right).log_().mean().item())
        dz.scatter_add_(1, right, dz.new_full(right.shape, -1.0)).div_(len(batch))
        dh = dz @ own[-1][0].T
        own[-1][0].addmm_(h.T, dz, alpha=-lr)
        own[-1][1].sub_(dz.sum(dim=0), alpha=lr)
        for (w, b, gamma, beta), (h, cache, out) in zip(own[-2::-1], tape[::-1], strict=True):
            dz, dgamma, dbeta = batchnorm_backward(dh.masked_fill(out <= 0, 0), cache)
            dh = dz @ w.T
            for parameter, slope in ((w, h.T @ dz), (b, dz.sum(0)), (gamma, dgamma), (beta, dbeta)):
                parameter.sub_(slope, alpha=lr)
    for setting in settings:
        del setting["mode"]
    return own, settings, losses
