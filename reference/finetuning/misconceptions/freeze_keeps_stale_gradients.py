"""Gradients from before the freeze stay."""

LOSES = ["freeze"]
DIAGNOSIS = {
    "en": "old gradients stay, so an optimizer still moves the frozen weights",
    "ru": "старые градиенты остались, и оптимизатор сдвинет замороженное",
}
HINT = {
    "en": "An optimizer skips parameters whose grad is None, not those that need none.",
    "ru": "Оптимизатор пропускает параметры с grad = None, а не с requires_grad = False.",
}


def freeze(model, until):
    parts = [(f"features.{name}", child) for name, child in model.features.named_children()]
    trains = False
    for name, part in [*parts, ("head", model.head)]:
        trains = trains or name == until
        part.requires_grad_(trains)
        for norm in norms_in(part):
            norm.train(trains)
