"""Columns are examined instead of rows."""

LOSES = ["weight_gradient_signs"]
DIAGNOSIS = {
    "en": "the columns were examined; an example is a row",
    "ru": "проверены столбцы, а пример — это строка",
}
HINT = {
    "en": "Along which axis do the entries of one gradient lie?",
    "ru": "Вдоль какой оси лежат элементы одного градиента?",
}


def weight_gradient_signs(x, upstream):
    positive = upstream[:, None] * x > 0
    return (positive.all(dim=0) | ~positive.any(dim=0)).double().mean().item()
