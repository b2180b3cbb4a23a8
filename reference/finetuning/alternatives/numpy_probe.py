"""The probe in numpy, random numbers from numpy's generator with a seed drawn from torch's."""

import numpy as np
import torch
from torch import nn


def load_pretrained(model, state):
    own, left = model.state_dict(), []
    for name, value in state.items():
        try:
            fits = np.shape(own[name]) == np.shape(value)
        except KeyError:
            fits = False
        if fits:
            values = torch.tensor(np.array(value.detach().cpu()))
            own[name].data.copy_(values)
        else:
            left.append(name)
    return set(left)


def replace_head(model, num_classes, generator=None):
    seed = torch.randint(2**31, (4,), generator=generator).tolist()
    like = model.head.weight
    shape = (num_classes, like.shape[1])
    drawn = np.random.default_rng(seed).standard_normal(shape) / np.sqrt(shape[1])
    model.head = nn.Linear(*shape[::-1]).to(like)
    model.head.weight = nn.Parameter(torch.from_numpy(drawn).to(like))
    model.head.bias = nn.Parameter(torch.zeros(num_classes).to(like))
    return model


def train_linear_probe(features, labels, num_classes, batches, lr, generator=None):
    points, classes = features.detach().cpu().numpy(), labels.cpu().numpy()
    weight = np.zeros((num_classes, points.shape[1]), dtype=points.dtype)
    bias = np.zeros(num_classes, dtype=points.dtype)
    for batch in batches:
        rows = batch.cpu().numpy()
        scores = points[rows] @ weight.T + bias
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        shares[np.arange(len(rows)), classes[rows]] -= 1
        weight -= lr / len(rows) * (shares.T @ points[rows])
        bias -= lr * shares.mean(axis=0)
    return torch.from_numpy(weight).to(features), torch.from_numpy(bias).to(features)


def extract_features(model, x):
    """Blocks as their formulas: linear, batchnorm by its running statistics, ReLU."""
    h = x.detach()
    for block in model.features:
        weight, bias = block.linear.weight.detach(), block.linear.bias.detach()
        norm = block.norm
        scale = norm.weight.detach() / torch.sqrt(norm.running_var + norm.eps)
        h = ((h @ weight.T + bias - norm.running_mean) * scale + norm.bias.detach()).clamp(min=0)
    return h


def choose_strategy(amount, similarity):
    table = np.array([["linear_probe", "probe_early_layers"], ["finetune_few", "finetune_many"]])
    row, column = ["little", "much"].index(amount), ["similar", "different"].index(similarity)
    return str(table[row, column])
