# expect: full
"""torch.nn.functional does the work, autograd the way back."""

import torch
import torch.nn as nn
import torch.nn.functional as F


def _run(f, x, gamma, beta):
    with torch.enable_grad():
        leaves = [t.detach().clone().requires_grad_(True) for t in (x, gamma, beta)]
        out = f(*leaves)
    return out.detach(), (out, leaves)


def _back(dout, cache):
    out, leaves = cache
    return torch.autograd.grad(out, leaves, grad_outputs=dout, retain_graph=True)


def batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    if bn_param["mode"] == "test":
        rm, rv = bn_param["running_mean"], bn_param["running_var"]
        return _run(lambda x, g, b: F.batch_norm(x, rm, rv, g, b, eps=eps), x, gamma, beta)
    # F.batch_norm would keep the unbiased variance, so the running values are moved by hand, in place.
    dims = [0] + list(range(2, x.ndim))
    var, mean = torch.var_mean(x, dim=dims, correction=0)
    bn_param["running_mean"].mul_(momentum).add_(mean, alpha=1 - momentum)
    bn_param["running_var"].lerp_(var, 1 - momentum)
    return _run(lambda x, g, b: F.batch_norm(x, None, None, g, b, training=True, eps=eps), x, gamma, beta)


batchnorm_backward = _back
spatial_batchnorm_forward = batchnorm_forward
spatial_batchnorm_backward = _back


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    return _run(lambda x, g, b: F.layer_norm(x, g.shape, g, b, eps), x, gamma, beta)


layernorm_backward = _back


def instancenorm_forward(x, gamma, beta, in_param):
    eps = in_param.get("eps", 1e-5)
    return _run(lambda x, g, b: F.instance_norm(x, weight=g, bias=b, eps=eps), x, gamma, beta)


instancenorm_backward = _back


def groupnorm_forward(x, gamma, beta, groups, gn_param):
    eps = gn_param.get("eps", 1e-5)
    return _run(lambda x, g, b: F.group_norm(x, groups, g, b, eps), x, gamma, beta)


groupnorm_backward = _back


def fold_linear(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    fw, fb = nn.utils.fuse_linear_bn_weights(w.T, b, running_mean, running_var, eps, gamma, beta)
    return fw.detach().T, fb.detach()


def fold_conv(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    fw, fb = nn.utils.fuse_conv_bn_weights(w, b, running_mean, running_var, eps, gamma, beta)
    return fw.detach(), fb.detach()


class Norm(nn.BatchNorm1d):
    """PyTorch's layer with a 1/N running variance."""

    def forward(self, z):
        if self.training:
            var, mean = torch.var_mean(z.detach(), 0, correction=0)
            self.running_mean.lerp_(mean, 0.1)
            self.running_var.lerp_(var, 0.1)
        return F.batch_norm(z, None, None, self.weight, self.bias, training=True, eps=self.eps)


def train_batchnorm_mlp(x, y, params, batches, lr):
    blocks = []
    for w, b, gamma, beta in params[:-1]:
        fc, bn = nn.Linear(*w.shape, dtype=w.dtype, device=w.device), Norm(len(b), dtype=w.dtype, device=w.device)
        with torch.no_grad():
            fc.weight.copy_(w.T)
            fc.bias.copy_(b)
            bn.weight.copy_(gamma)
            bn.bias.copy_(beta)
        blocks += [fc, bn, nn.ReLU()]
    w, b = params[-1]
    last = nn.Linear(*w.shape, dtype=w.dtype, device=w.device)
    with torch.no_grad():
        last.weight.copy_(w.T)
        last.bias.copy_(b)
    net = nn.Sequential(*blocks, last).train()
    sgd = torch.optim.SGD(net.parameters(), lr=lr)
    losses = []
    for batch in batches:
        sgd.zero_grad()
        loss = nn.CrossEntropyLoss()(net(x[batch]), y[batch])
        loss.backward()
        sgd.step()
        losses.append(loss.item())
    trained, running = [], []
    for fc, bn in zip(net[::3], net[1::3]):
        trained.append((fc.weight.T.detach(), fc.bias.detach(), bn.weight.detach(), bn.bias.detach()))
        running.append({"running_mean": bn.running_mean, "running_var": bn.running_var})
    return trained + [(last.weight.T.detach(), last.bias.detach())], running, losses
