"""The decay weighs the new value where it should weigh the old mean."""

LOSES = ["running_mean"]
DIAGNOSIS = {
    "en": "Your decay weighs the new value; it belongs to the old mean.",
    "ru": "Затухание умножено на новое значение, а не на старое среднее.",
}
HINT = {
    "en": "With decay 0.99, how fast should the mean move?",
    "ru": "Как быстро должно меняться среднее при затухании 0.99?",
}


def running_mean(xs, decay):
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = (1 - decay) * means[t - 1] + decay * means[t]
    return means
