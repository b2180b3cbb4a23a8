"""The loop switches every gradient on."""

LOSES = ["finetune.frozen"]
DIAGNOSIS = {
    "en": "every parameter was made trainable again",
    "ru": "все параметры снова сделаны обучаемыми",
}
HINT = {
    "en": "What was frozen before the call stays frozen.",
    "ru": "Что было заморожено до вызова, остаётся замороженным.",
}


_finetune = finetune


def finetune(model, x, y, batches, lr, weight_decay=0.0):
    model.requires_grad_(True)
    return _finetune(model, x, y, batches, lr, weight_decay)
