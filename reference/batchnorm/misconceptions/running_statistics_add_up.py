"""The old value is not scaled down: running + (1 - momentum) * sample."""

LOSES = ["batchnorm.forward.running"]
DIAGNOSIS = {
    "en": "the old value is kept whole, so that the statistics grow without end",
    "ru": "старое значение взято целиком, и статистики растут без конца",
}
HINT = {
    "en": "The two weights of an average add up to 1.",
    "ru": "Веса среднего в сумме дают 1.",
}


def moved(running, sample, momentum):
    return running + (1 - momentum) * sample
