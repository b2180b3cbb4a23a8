"""The gradients of all batches make a single step at the end."""

LOSES = ["train_mlp.trajectory", "train_mlp.converges", "relu_vs_sigmoid.converges"]
DIAGNOSIS = {
    "en": "there is one step for all batches together instead of one for each",
    "ru": "сделан один шаг на все батчи вместо шага на каждый",
}
HINT = {
    "en": "When, in the lecture's four steps, do the weights move?",
    "ru": "Когда в четырёх шагах цикла меняются веса?",
}


def train_mlp(x, y, weights, batches, lr, activation, train=train_mlp):
    runs = [train(x, y, weights, [batch], lr, activation) for batch in batches]
    trained = [
        tuple(sum(run[i][k] for run, _ in runs) / len(runs) for k in (0, 1))
        for i in range(len(weights))
    ]
    return trained, [loss for _, losses in runs for loss in losses]
