"""torch.nn.init does it, its first axis being the outputs."""

import math
from itertools import pairwise

import torch
from torch import nn
from torch.nn import init


def small_random(din, dout, std=0.01, generator=None):
    return init.normal_(torch.empty(din, dout), std=std, generator=generator)


def xavier_linear(din, dout, generator=None):
    by_output = torch.empty(dout, din)
    return init.kaiming_normal_(by_output, nonlinearity="linear", generator=generator).T


def xavier_conv(cin, cout, k, generator=None):
    filters = torch.empty(cout, cin, k, k)
    return init.kaiming_uniform_(filters, nonlinearity="linear", generator=generator)


def kaiming_linear(din, dout, generator=None):
    # Stored as (Din, Dout), torch's fan_out is our Din.
    return init.kaiming_uniform_(
        torch.empty(din, dout), mode="fan_out", nonlinearity="relu", generator=generator
    )


def kaiming_conv(cin, cout, k, generator=None):
    filters = torch.empty(cout, cin, k, k)
    return init.kaiming_normal_(filters, nonlinearity="relu", generator=generator)


def positive_bias(dout, value=0.01):
    return init.ones_(torch.empty(dout)) * value


def orthogonal(din, dout, gain=1.0, generator=None):
    return init.orthogonal_(torch.empty(din, dout), gain=gain, generator=generator)


def random_walk(dims, activation, generator=None):
    def gain(n):
        if activation == "linear":
            return math.exp(1 / (2 * n))
        return init.calculate_gain("relu") * math.exp(1.2 / (max(n, 6) - 2.4))

    layers = [nn.utils.skip_init(nn.Linear, n, m, bias=False) for n, m in pairwise(dims)]
    for layer in layers:
        n = layer.in_features
        init.normal_(layer.weight, 0.0, gain(n) / math.sqrt(n), generator=generator)
    return [layer.weight.detach().T for layer in layers]


def fixup(num_blocks, dim, layers_per_block=2, generator=None):
    blocks = []
    for _ in range(num_blocks):
        block = [torch.empty(dim, dim) for _ in range(layers_per_block)]
        for w in block[:-1]:
            init.kaiming_normal_(w, generator=generator)
            w *= num_blocks ** (-1 / (2 * layers_per_block - 2))
        init.zeros_(block[-1])
        blocks.append(block)
    return blocks
