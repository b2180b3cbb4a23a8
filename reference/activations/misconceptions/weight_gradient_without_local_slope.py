"""The derivative of the sigmoid is missing."""

LOSES = ["weight_gradient"]
DIAGNOSIS = {
    "en": "the derivative of the sigmoid is missing: this is upstream * x",
    "ru": "потеряна производная сигмоиды: это upstream * x",
}
HINT = {
    "en": "There are three factors on the path from the loss to w.",
    "ru": "На пути от функции потерь к w три множителя.",
}


def weight_gradient(x, upstream, w, b):
    return upstream * x
