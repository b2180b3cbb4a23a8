"""db1 and db2 are means over the batch."""

LOSES = ["maxout.backward"]
DIAGNOSIS = {
    "en": "db1 and db2 are averaged over the batch where they should be summed",
    "ru": "db1 и db2 усреднены по батчу, а нужна сумма",
}
HINT = {
    "en": "Each example adds its own term to the gradient of a bias.",
    "ru": "Каждый пример добавляет в градиент смещения своё слагаемое.",
}


def maxout_backward(dout, cache):
    x, w1, w2, first_wins = cache
    d1, d2 = dout * first_wins, dout * ~first_wins
    return d1 @ w1.T + d2 @ w2.T, x.T @ d1, d1.mean(dim=0), x.T @ d2, d2.mean(dim=0)
