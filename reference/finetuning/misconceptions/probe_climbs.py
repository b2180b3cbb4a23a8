"""The probe goes up the gradient."""

LOSES = ["train_linear_probe", "near_probe.converges", "far_probe.converges"]
NAMED = False  # an accuracy at chance has many causes
DIAGNOSIS = {
    "en": "the steps go up the gradient: the loss grows",
    "ru": "шаги идут вверх по градиенту: потеря растёт",
}
HINT = {
    "en": "Which sign makes the loss smaller?",
    "ru": "С каким знаком потеря уменьшается?",
}


_probe = train_linear_probe


def train_linear_probe(features, labels, num_classes, batches, lr, generator=None):
    return _probe(features, labels, num_classes, batches, -lr)
