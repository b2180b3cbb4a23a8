"""Both pieces get the whole upstream gradient."""

LOSES = ["maxout.backward"]
DIAGNOSIS = {
    "en": "both pieces get the gradient, but only the larger one was passed on",
    "ru": "градиент получили оба куска, хотя дальше прошёл только больший",
}
HINT = {
    "en": "How does the output react to a change of the smaller piece?",
    "ru": "Как выход отзывается на изменение меньшего куска?",
}


def maxout_backward(dout, cache):
    x, w1, w2, _ = cache
    dw, db = x.T @ dout, dout.sum(dim=0)
    return dout @ w1.T + dout @ w2.T, dw, db, dw.clone(), db.clone()
