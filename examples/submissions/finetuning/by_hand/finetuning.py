# expect: full
# Gradients from autograd.grad, updates by hand, the probe in numpy.
import numpy as np
import torch


def load_pretrained(model, state):
    mine = dict(model.named_parameters())
    mine.update(model.named_buffers())
    left = set()
    with torch.no_grad():
        for name in state:
            if name in mine and list(mine[name].shape) == list(state[name].shape):
                mine[name].copy_(state[name])
            else:
                left.add(name)
    return left


def replace_head(model, num_classes, generator=None):
    old = model.head
    rows = torch.rand(num_classes, old.weight.shape[1], generator=generator, dtype=torch.float64)
    model.head = torch.nn.Linear(old.weight.shape[1], num_classes)
    model.head.weight = torch.nn.Parameter((rows - 0.5).to(old.weight) * 0.2)
    model.head.bias = torch.nn.Parameter(torch.full((num_classes,), 0.01).to(old.weight))
    return model


def is_norm(m):
    return "BatchNorm" in type(m).__name__


def freeze(model, until):
    names = list(model.features._modules)
    place = len(names) if until == "head" else names.index(until[len("features."):])
    for i, name in enumerate(names):
        train = i >= place
        for m in model.features._modules[name].modules():
            if is_norm(m):
                m.train(train)
        for p in model.features._modules[name].parameters():
            p.requires_grad = train
            if not train:
                p.grad = None
    for p in model.head.parameters():
        p.requires_grad = True
    return model


def extract_features(model, x):
    # every block in the formula of eval mode
    out = x.clone()
    for block in model.features:
        out = out @ block.linear.weight.T + block.linear.bias
        n = block.norm
        out = (out - n.running_mean) / torch.sqrt(n.running_var + n.eps) * n.weight + n.bias
        out = out.clamp(min=0)
    return out.detach()


def train_linear_probe(features, labels, num_classes, batches, lr, generator=None):
    f = features.detach().cpu().double().numpy()
    t = np.eye(num_classes)[labels.cpu().numpy()]
    w, b = np.zeros((f.shape[1], num_classes)), np.zeros(num_classes)
    for idx in batches:
        i = idx.cpu().numpy()
        z = f[i] @ w + b
        p = np.exp(z - z.max(1, keepdims=True))
        d = (p / p.sum(1, keepdims=True) - t[i]) / len(i)
        w, b = w - lr * f[i].T @ d, b - lr * d.sum(0)
    return torch.tensor(w.T).to(features), torch.tensor(b).to(features)


def parameter_groups(model, lr):
    # a group of its own for every tensor
    return [
        {"params": [p], "lr": lr if name.startswith("head") else lr / 10}
        for name, p in model.named_parameters() if p.requires_grad
    ]


def finetune(model, x, y, batches, lr, weight_decay=0.0):
    rates = [(g["params"], g["lr"]) for g in parameter_groups(model, lr)]
    params = [p for ps, _ in rates for p in ps]
    steps = [r for ps, r in rates for _ in ps]
    losses = []
    for m in model.modules():
        m.training = not (is_norm(m) and not m.weight.requires_grad)
    for idx in batches:
        z = model(x[idx])
        loss = (z.logsumexp(1) - z.gather(1, y[idx][:, None])[:, 0]).mean()
        grads = torch.autograd.grad(loss, params)
        with torch.no_grad():
            for p, g, r in zip(params, grads, steps):
                p -= r * (g + weight_decay * p)
        losses.append(float(loss))
    return model, losses


TABLE = {"little": {"similar": "linear_probe", "different": "probe_early_layers"},
         "much": {"similar": "finetune_few", "different": "finetune_many"}}


def choose_strategy(amount, similarity):
    return TABLE[amount][similarity]
