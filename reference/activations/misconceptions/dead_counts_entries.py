"""The share of zero entries is returned."""

LOSES = ["dead_fraction"]
DIAGNOSIS = {
    "en": "this is the share of zero entries; the share of units that are zero everywhere is asked",
    "ru": "это доля нулевых элементов, а спрашивается доля нейронов, нулевых на всём батче",
}
HINT = {
    "en": "About half of all ReLU outputs are zero. Are half of the units dead?",
    "ru": "Около половины выходов ReLU нулевые. Разве мертва половина нейронов?",
}


def dead_fraction(activations):
    return (activations == 0).double().mean().item()
