"""The head is drawn from a generator with a fixed seed."""

LOSES = ["replace_head.generator"]
DIAGNOSIS = {
    "en": "the head is the same whatever the generator",
    "ru": "голова одна и та же при любом генераторе",
}
HINT = {
    "en": "Do not seed inside the function.",
    "ru": "Не задавайте seed внутри функции.",
}


_new_head = replace_head


def replace_head(model, num_classes, generator=None):
    return _new_head(model, num_classes, torch.Generator().manual_seed(0))
