"""The gradient of the whole batch is examined."""

LOSES = ["weight_gradient_signs"]
DIAGNOSIS = {
    "en": "the gradient of the whole batch was examined; each example is asked about",
    "ru": "проверен градиент всего батча, а вопрос о каждом примере",
}
HINT = {
    "en": "The sum over a minibatch may mix signs. And a single example?",
    "ru": "Сумма по минибатчу может смешать знаки. А один пример?",
}


def weight_gradient_signs(x, upstream):
    positive = (upstream[:, None] * x).mean(dim=0) > 0
    return float(positive.all() | ~positive.any())
