"""dx flows through the first piece only."""

LOSES = ["maxout.backward"]
DIAGNOSIS = {
    "en": "dx comes through the first piece only",
    "ru": "dx собран только через первый кусок",
}
HINT = {
    "en": "x enters both pieces.",
    "ru": "x входит в оба куска.",
}


def maxout_backward(dout, cache):
    x, w1, _, first_wins = cache
    d1, d2 = dout * first_wins, dout * ~first_wins
    return d1 @ w1.T, x.T @ d1, d1.sum(dim=0), x.T @ d2, d2.sum(dim=0)
