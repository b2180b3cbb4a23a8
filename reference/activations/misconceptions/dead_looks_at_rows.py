"""Examples are counted instead of units."""

LOSES = ["dead_fraction"]
DIAGNOSIS = {
    "en": "rows are tested: those are examples, a unit is a column",
    "ru": "проверяются строки, а это примеры; нейрон — это столбец",
}
HINT = {
    "en": "Along which axis must everything be zero?",
    "ru": "Вдоль какой оси всё должно быть нулём?",
}


def dead_fraction(activations):
    return (activations == 0).all(dim=1).double().mean().item()
