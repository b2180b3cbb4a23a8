"""The new head has the default dtype."""

LOSES = ["replace_head"]
DIAGNOSIS = {
    "en": "the new head is float32 whatever the network is",
    "ru": "новая голова — float32, какой бы ни была сеть",
}
HINT = {
    "en": "nn.Linear takes a dtype.",
    "ru": "У nn.Linear есть аргумент dtype.",
}


def replace_head(model, num_classes, generator=None):
    head = nn.Linear(model.head.in_features, num_classes)
    with torch.no_grad():
        head.weight.normal_(0.0, 0.1, generator=generator)
        head.bias.zero_()
    model.head = head
    return model
