"""A unit counts as dead if it is zero on any example."""

LOSES = ["dead_fraction"]
DIAGNOSIS = {
    "en": "a unit is counted as soon as it is zero on one example; dead means zero on all",
    "ru": "нейрон засчитан, если он нулевой хотя бы на одном примере, а мёртвый нулевой на всех",
}
HINT = {
    "en": "any or all?",
    "ru": "any или all?",
}


def dead_fraction(activations):
    return (activations == 0).any(dim=0).double().mean().item()
