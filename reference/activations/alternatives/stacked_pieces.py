"""Pieces stacked on an axis of their own: the largest is gathered, gradients are scattered back."""

import torch


def stacked(*pieces):
    """The largest of the pieces in each entry, and which it was."""
    largest, winner = torch.stack(pieces, dim=-1).max(dim=-1)
    return largest, winner


def relu_forward(x):
    return stacked(torch.zeros_like(x), x)


def relu_backward(dout, winner):
    return dout * winner


def leaky_relu_forward(x, negative_slope=0.01):
    out, winner = stacked(negative_slope * x, x)
    return out, torch.tensor([negative_slope, 1.0], dtype=x.dtype)[winner]


def leaky_relu_backward(dout, slopes):
    return dout.mul(slopes)


def elu_forward(x, alpha=1.0):
    side = (x > 0).long()
    options = torch.stack([alpha * torch.special.expm1(x.clamp(max=0)), x], dim=-1)
    slopes = torch.stack([options[..., 0] + alpha, torch.ones_like(x)], dim=-1)
    pick = side.unsqueeze(-1)
    return options.gather(-1, pick).squeeze(-1), slopes.gather(-1, pick).squeeze(-1)


def elu_backward(dout, slopes):
    return dout.mul(slopes)


def maxout_forward(x, w1, b1, w2, b2):
    w, b = torch.stack([w1, w2]), torch.stack([b1, b2]).unsqueeze(1)
    out, winner = torch.baddbmm(b, x.expand(2, *x.shape), w).max(dim=0, keepdim=True)
    return out[0], (x, w, winner)


def maxout_backward(dout, cache):
    x, w, winner = cache
    by_piece = torch.zeros(2, *dout.shape, dtype=dout.dtype).scatter(0, winner, dout[None])
    dw, db = x.T @ by_piece, by_piece.sum(dim=1)
    return (by_piece @ w.mT).sum(dim=0), dw[0], db[0], dw[1], db[1]


def saturated_fraction(local_grad, threshold=1e-3):
    small = torch.logical_and(local_grad < threshold, local_grad > -threshold)
    return torch.bincount(small.flatten().long(), minlength=2)[1].item() / small.numel()


def dead_fraction(activations):
    counts = activations.count_nonzero(dim=0)
    return counts.eq(0).sum().item() / counts.numel()


def train_mlp(x, y, weights, batches, lr, activation):
    with torch.enable_grad():
        leaves = [p.detach().clone().requires_grad_() for pair in weights for p in pair]
        pairs, losses = list(zip(leaves[::2], leaves[1::2], strict=True)), []
        for batch in batches:
            h = x[batch]
            for w, b in pairs[:-1]:
                h = getattr(h @ w + b, activation)()
            scores = h @ pairs[-1][0] + pairs[-1][1]
            right = scores.gather(1, y[batch].unsqueeze(1)).squeeze(1)
            loss = (torch.logsumexp(scores, dim=1) - right).mean()
            loss.backward()
            losses.append(loss.item())
            for leaf in leaves:
                leaf.data.add_(leaf.grad, alpha=-lr)
                leaf.grad = None
    return [(w.detach(), b.detach()) for w, b in pairs], losses
