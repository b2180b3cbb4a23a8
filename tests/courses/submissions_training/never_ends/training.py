# expect: loses=fit.converges failure=timed_out
import numpy as np


def descend(x, y, weights, batches, rate):
    W, b = np.array(weights["W"]), np.array(weights["b"])
    for rows in batches:
        error = x[rows] @ W + b - y[rows]
        W = W - rate * (x[rows].T @ error) / len(rows)
        b = b - rate * error.mean(axis=0)
    return {"W": W, "b": b}


def fit(x, y, rate, epochs, batch, seed):
    weights = {"W": np.zeros((x.shape[1], y.shape[1])), "b": np.zeros(y.shape[1])}
    error = np.inf
    while error > 1e-12:
        weights = descend(x, y, weights, [np.arange(len(x))], rate)
        error = np.abs(x @ weights["W"] + weights["b"] - y).max()
    return weights
