"""All weights of a network drawn as one vector that is cut up; one vector of all magnitudes."""

import math
from itertools import pairwise

import torch
from torch.nn.utils import parameters_to_vector, vector_to_parameters


def cut(vector, shapes):
    """The vector's numbers in turn, as tensors of these shapes."""
    pieces = vector.split([math.prod(shape) for shape in shapes])
    return [piece.reshape(shape) for piece, shape in zip(pieces, shapes, strict=True)]


def xavier_conv(cin, cout, k, generator=None):
    filters = torch.randn(cout * cin * k * k, generator=generator)
    return filters.div(k).div(math.sqrt(cin)).view(cout, cin, k, k)


def kaiming_conv(cin, cout, k, generator=None):
    filters = torch.randn(cin * k * k, cout, generator=generator)
    return math.sqrt(2 / len(filters)) * filters.T.reshape(cout, cin, k, k)


def random_walk(dims, activation, generator=None):
    shapes = list(pairwise(dims))
    drawn = cut(torch.randn(sum(n * m for n, m in shapes), generator=generator), shapes)
    widths = torch.tensor(dims[:-1], dtype=torch.float64)
    if activation == "relu":
        gains = math.sqrt(2) * torch.exp(1.2 / (widths.clamp(min=6) - 2.4))
    else:
        gains = torch.exp(0.5 / widths)
    stds = (gains * widths.rsqrt()).tolist()
    return [std * w for std, w in zip(stds, drawn, strict=True)]


def fixup(num_blocks, dim, layers_per_block=2, generator=None):
    std = math.sqrt(2 / dim) * math.pow(num_blocks, -1 / (2 * layers_per_block - 2))
    everything = torch.zeros(num_blocks, layers_per_block, dim, dim)
    shape = everything[:, :-1].shape
    everything[:, :-1] = torch.randn(math.prod(shape), generator=generator).view(shape) * std
    return [list(block.unbind()) for block in everything]


def gradient_statistics(x, weights, activation, upstream):
    def output(*layers):
        h = x
        for w in layers:
            h = getattr(torch, activation)(h @ w)
        return h

    _, slopes = torch.autograd.functional.vjp(output, tuple(weights), upstream)
    sizes = [slope.numel() for slope in slopes]
    return torch.tensor(
        [torch.std(part, correction=0) for part in parameters_to_vector(slopes).split(sizes)]
    )


def lottery_ticket(initial, trained, keep):
    sizes = parameters_to_vector(trained).abs()
    kept = sizes.topk(round(keep * sizes.numel())).indices
    mask = torch.zeros_like(sizes).index_fill_(0, kept, 1)
    masks, rewound = ([torch.empty_like(w) for w in trained] for _ in range(2))
    vector_to_parameters(mask, masks)
    vector_to_parameters(mask * parameters_to_vector(initial), rewound)
    return masks, rewound
