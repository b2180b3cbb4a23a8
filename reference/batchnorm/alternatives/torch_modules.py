"""Layers of torch.nn, whose unbiased running variance is put right afterwards; torch.optim.SGD."""

import torch
from torch import nn


class Norm(nn.BatchNorm1d):
    """torch's layer, but for the sample variance that it stores: 1/n in place of 1/(n - 1)."""

    def forward(self, z):
        """The same shape as z, (N, D)."""
        out = super().forward(z)
        if self.training:
            excess = z.detach().var(dim=0) - z.detach().var(dim=0, correction=0)
            # Not in place: the way back may look at the buffer's version.
            self.running_var = self.running_var - self.momentum * excess
        return out


def filled(module, **values):
    """The module with these values in its parameters and buffers, in their dtype and place."""
    module.to(next(iter(values.values())))
    with torch.no_grad():
        for name, value in values.items():
            getattr(module, name).copy_(value)
    return module


def run(module, x):
    with torch.enable_grad():
        leaf = x.clone().requires_grad_()
        out = module(leaf)
    return out.detach(), (out, (leaf, module.weight, module.bias))


def run_back(dout, cache):
    out, leaves = cache
    return torch.autograd.grad(out, leaves, grad_outputs=dout, retain_graph=True)


def batchnorm_forward(x, gamma, beta, bn_param):
    running = {name: bn_param[name] for name in ("running_mean", "running_var")}
    norm = Norm(len(gamma), bn_param.get("eps", 1e-5), 1 - bn_param.get("momentum", 0.9))
    filled(norm, weight=gamma, bias=beta, **running).train(bn_param["mode"] == "train")
    answer = run(norm, x)
    if norm.training:
        bn_param.update({name: getattr(norm, name).clone() for name in running})
    return answer


def layernorm_forward(x, gamma, beta, ln_param):
    norm = nn.LayerNorm(len(gamma), **ln_param)
    return run(filled(norm, weight=gamma, bias=beta), x)


def instancenorm_forward(x, gamma, beta, in_param):
    norm = nn.InstanceNorm2d(len(gamma), affine=True, **in_param)
    return run(filled(norm, weight=gamma, bias=beta), x)


def groupnorm_forward(x, gamma, beta, groups, gn_param):
    norm = nn.GroupNorm(groups, len(gamma), **gn_param)
    return run(filled(norm, weight=gamma, bias=beta), x)


batchnorm_backward = layernorm_backward = instancenorm_backward = groupnorm_backward = run_back


def train_batchnorm_mlp(x, y, params, batches, lr):
    net, criterion, losses = nn.Sequential(), nn.CrossEntropyLoss(), []
    for w, b, *affine in params:
        net.append(filled(nn.Linear(*w.shape), weight=w.T, bias=b))
        if affine:
            net.append(filled(Norm(len(b)), weight=affine[0], bias=affine[1])).append(nn.ReLU())
    optimizer = torch.optim.SGD(net.train().parameters(), lr=lr)
    for batch in batches:
        optimizer.zero_grad()
        with torch.enable_grad():
            loss = criterion(net(x[batch]), y[batch])
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    flat = [p.detach().T if p.ndim == 2 else p.detach() for p in net.parameters()]
    layers = [tuple(flat[place : place + 4]) for place in range(0, len(flat), 4)]
    norms = [module for module in net if isinstance(module, Norm)]
    names = ("running_mean", "running_var")
    return layers, [{name: getattr(norm, name) for name in names} for norm in norms], losses
