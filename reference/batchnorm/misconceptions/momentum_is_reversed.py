"""The running statistics keep 1 - momentum of the old value."""

LOSES = ["batchnorm.forward.running"]
DIAGNOSIS = {
    "en": "momentum is reversed: it weighs the new batch instead of the old value",
    "ru": "momentum перепутан: он умножен на новый батч, а не на старое значение",
}
HINT = {
    "en": "momentum 0.9 keeps 90 % of what was known. PyTorch counts the other way round.",
    "ru": "momentum 0.9 сохраняет 90 % известного. В PyTorch наоборот.",
}


def moved(running, sample, momentum):
    return (1 - momentum) * running + momentum * sample
