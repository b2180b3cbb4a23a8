"""A second call only adds to what is frozen."""

LOSES = ["freeze.thaw"]
DIAGNOSIS = {
    "en": "what one call froze stays frozen after a call with an earlier name",
    "ru": "замороженное одним вызовом не оттаивает при вызове с более ранним именем",
}
HINT = {
    "en": "Set requires_grad on both sides of `until`.",
    "ru": "Задавайте requires_grad по обе стороны от until.",
}


_freeze = freeze


def freeze(model, until):
    frozen = [parameter for parameter in model.parameters() if not parameter.requires_grad]
    sleeping = [norm for norm in norms_in(model) if not norm.training]
    _freeze(model, until)
    for parameter in frozen:
        parameter.requires_grad_(False)
    for norm in sleeping:
        norm.eval()
