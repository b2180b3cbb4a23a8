"""The name of the activation is not looked at."""

LOSES = ["train_mlp.trajectory", "relu_vs_sigmoid.converges"]
DIAGNOSIS = {
    "en": "the network is one of ReLU whatever `activation` says",
    "ru": "сеть всегда из ReLU, что бы ни говорил `activation`",
}
HINT = {
    "en": "Which pair of functions belongs to each of the three names?",
    "ru": "Какая пара функций отвечает каждому из трёх имён?",
}


def train_mlp(x, y, weights, batches, lr, activation, train=train_mlp):
    return train(x, y, weights, batches, lr, "relu")
