"""Batchnorm is put into eval mode, and no gradient is switched off."""

LOSES = ["freeze", "freeze.thaw"]
DIAGNOSIS = {
    "en": "requires_grad stays True, so that everything trains",
    "ru": "requires_grad остался True, обучается всё",
}
HINT = {
    "en": "Compare the weights before and after a step.",
    "ru": "Сравните веса до и после шага.",
}


def freeze(model, until):
    trains = False
    for name, child in model.features.named_children():
        trains = trains or until == f"features.{name}"
        for norm in norms_in(child):
            norm.train(trains)
