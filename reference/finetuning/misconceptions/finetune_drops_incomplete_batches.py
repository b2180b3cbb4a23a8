"""Batches smaller than the first are skipped."""

LOSES = ["finetune", "finetune.losses"]
DIAGNOSIS = {
    "en": "batches that are smaller than the first are left out",
    "ru": "батчи меньше первого пропущены",
}
HINT = {
    "en": "Every batch is one step, whatever its size.",
    "ru": "Каждый батч — один шаг, каким бы он ни был.",
}


_finetune = finetune


def finetune(model, x, y, batches, lr, weight_decay=0.0):
    whole = [batch for batch in batches if len(batch) >= len(batches[0])]
    return _finetune(model, x, y, whole, lr, weight_decay)
