"""A new network is made and the weights copied into it."""

LOSES = ["replace_head"]
DIAGNOSIS = {
    "en": "a new network was built: what was frozen or in eval mode is so no longer",
    "ru": "построена новая сеть: заморозка и режимы старой потеряны",
}
HINT = {
    "en": "Put a new head on the network that you were given, or on a deep copy of it.",
    "ru": "Поставьте голову на саму полученную сеть или на её полную копию.",
}


_new_head = replace_head


def replace_head(model, num_classes, generator=None):
    old = _new_head(model, num_classes, generator)
    linears = [part for part in old.features.modules() if isinstance(part, nn.Linear)]
    sizes = (linears[0].in_features, *(linear.out_features for linear in linears))
    new = Net(sizes, num_classes).to(old.head.weight.dtype)
    new.load_state_dict(old.state_dict())
    return new
