"""Rows are centred where columns are asked."""

LOSES = ["center.forward", "center.backward"]
DIAGNOSIS = {
    "en": "You subtract the mean of each row, not of each column.",
    "ru": "Вычтено среднее по строке, а не по столбцу.",
}
HINT = {
    "en": "Which axis must have mean 0 afterwards?",
    "ru": "По какой оси среднее должно стать нулём?",
}


def center_forward(x):
    return x - x.mean(axis=1, keepdims=True), None


def center_backward(dout, cache):
    return dout - dout.mean(axis=1, keepdims=True)
