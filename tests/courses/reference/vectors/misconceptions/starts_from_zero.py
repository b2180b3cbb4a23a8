"""The running mean starts at zero instead of at the first value."""

LOSES = ["running_mean"]
DIAGNOSIS = {
    "en": "Your running mean starts at 0, so it lags behind the first values.",
    "ru": "Скользящее среднее начато с нуля и отстаёт от первых значений.",
}
HINT = {
    "en": "What does the task say about means[0]?",
    "ru": "Чему по условию равно means[0]?",
}


def running_mean(xs, decay):
    means, mean = np.empty_like(xs), np.zeros_like(xs[0])  # np is the reference's
    for t, value in enumerate(xs):
        mean = decay * mean + (1 - decay) * value
        means[t] = mean
    return means
