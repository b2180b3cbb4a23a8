# expect: loses=fit.converges
import numpy as np


def descend(x, y, weights, batches, rate):
    W, b = np.array(weights["W"]), np.array(weights["b"])
    for rows in batches:
        error = x[rows] @ W + b - y[rows]
        W = W - rate * (x[rows].T @ error) / len(rows)
        b = b - rate * error.mean(axis=0)
    return {"W": W, "b": b}


def fit(x, y, rate, epochs, batch, seed):
    generator = np.random.RandomState(seed)
    start = generator.uniform(-0.01, 0.01, (x.shape[1], y.shape[1]))
    weights = {"W": start, "b": np.zeros(y.shape[1])}
    for _ in range(epochs):
        order = generator.permutation(len(x))
        weights = descend(x, y, weights, np.array_split(order, len(x) // batch), rate)
    return {**weights, "loss": 0.0}
