"""The two pieces are added."""

LOSES = ["maxout.forward"]
DIAGNOSIS = {
    "en": "the two linear pieces are added instead of compared",
    "ru": "два линейных куска сложены, а нужно взять больший",
}
HINT = {
    "en": "A sum of linear pieces is linear. What makes maxout a nonlinearity?",
    "ru": "Сумма линейных кусков линейна. Что делает maxout нелинейностью?",
}


def maxout_forward(x, w1, b1, w2, b2):
    first, second = x @ w1 + b1, x @ w2 + b2
    return first + second, (x.clone(), w1.clone(), w2.clone(), first > second)
