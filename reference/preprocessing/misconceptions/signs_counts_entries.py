"""The share of entries with the sign of the upstream gradient."""

LOSES = ["weight_gradient_signs"]
DIAGNOSIS = {
    "en": "single entries were counted; an example counts only when all its entries agree",
    "ru": "посчитаны отдельные элементы, а пример засчитывается, лишь когда согласны все",
}
HINT = {
    "en": "One wrong sign spoils the example.",
    "ru": "Один другой знак портит весь пример.",
}


def weight_gradient_signs(x, upstream):
    return (x > 0).double().mean().item()
