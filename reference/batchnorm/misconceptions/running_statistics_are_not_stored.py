"""The running statistics are computed and lost."""

LOSES = ["batchnorm.forward.running"]
DIAGNOSIS = {
    "en": "the running statistics are never written into bn_param",
    "ru": "скользящие статистики не записаны в bn_param",
}
HINT = {
    "en": 'Assign them: bn_param["running_mean"] = …',
    "ru": 'Присвойте их: bn_param["running_mean"] = …',
}


def moved(running, sample, momentum):
    return running
