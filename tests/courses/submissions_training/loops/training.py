# expect: full
import numpy as np


def descend(x, y, weights, batches, rate):
    W, b = weights["W"].tolist(), weights["b"].tolist()
    for rows in batches:
        dW, db = np.zeros_like(weights["W"]), np.zeros_like(weights["b"])
        for i in rows:
            for c in range(len(b)):
                error = sum(x[i, d] * W[d][c] for d in range(len(W))) + b[c] - y[i, c]
                dW[:, c] += error * x[i] / len(rows)
                db[c] += error / len(rows)
        W = (np.array(W) - rate * dW).tolist()
        b = (np.array(b) - rate * db).tolist()
    return {"b": np.array(b), "W": np.array(W)}


def fit(x, y, rate, epochs, batch, seed):
    generator = np.random.default_rng(seed + 1)
    W, b = np.zeros((x.shape[1], y.shape[1])), np.zeros(y.shape[1])
    for _ in range(epochs):
        order = generator.permutation(len(x))
        for start in range(0, len(x), batch):
            rows = order[start : start + batch]
            error = x[rows] @ W + b - y[rows]
            W -= rate * x[rows].T @ error / len(rows)
            b -= rate * error.mean(axis=0)
    return {"W": W, "b": b}
