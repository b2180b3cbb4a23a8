"""The step goes up the slope."""

LOSES = ["descend.trajectory", "fit.converges"]
DIAGNOSIS = {
    "en": "Your steps go up the slope: the loss grows.",
    "ru": "Ваши шаги идут вверх: потери растут.",
}
HINT = {
    "en": "Compare the loss before and after one step.",
    "ru": "Сравните потери до и после одного шага.",
}


def descend(x, y, weights, batches, rate):
    W, b = weights["W"].copy(), weights["b"].copy()
    for rows in batches:
        error = (x[rows] @ W + b - y[rows]) / len(rows)
        W += rate * x[rows].T @ error
        b += rate * error.sum(axis=0)
    return {"W": W, "b": b}
