"""Weight decay is not handed to the optimizer."""

LOSES = ["finetune"]
DIAGNOSIS = {
    "en": "weight_decay has no effect",
    "ru": "weight_decay ни на что не влияет",
}
HINT = {
    "en": "Who applies weight decay?",
    "ru": "Кто применяет weight decay?",
}


_finetune = finetune


def finetune(model, x, y, batches, lr, weight_decay=0.0):
    return _finetune(model, x, y, batches, lr)
