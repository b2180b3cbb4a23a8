"""The gradient goes to the smaller piece."""

LOSES = ["maxout.backward"]
DIAGNOSIS = {
    "en": "the mask is upside down: the smaller piece gets the gradient",
    "ru": "маска перевёрнута: градиент получает меньший кусок",
}
HINT = {
    "en": "Which piece came out of the forward pass?",
    "ru": "Какой кусок вышел из прямого прохода?",
}


def maxout_backward(dout, cache):
    x, w1, w2, first_wins = cache
    d1, d2 = dout * ~first_wins, dout * first_wins
    return d1 @ w1.T + d2 @ w2.T, x.T @ d1, d1.sum(dim=0), x.T @ d2, d2.sum(dim=0)
