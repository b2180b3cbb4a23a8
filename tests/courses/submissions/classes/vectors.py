# expect: full
from dataclasses import dataclass

import numpy as np


@dataclass
class Centered:
    size: int

    def back(self, dout: np.ndarray) -> np.ndarray:
        ones = np.ones((self.size, 1))
        return dout - ones @ (ones.T @ dout) / self.size


def center_forward(x):
    n = len(x)
    matrix = np.eye(n) - np.full((n, n), 1 / n)
    return matrix @ x, Centered(n)


def center_backward(dout, cache):
    return cache.back(dout)


def running_mean(xs, decay):
    flat = xs.reshape(len(xs), -1)
    powers = np.tril(decay ** np.maximum(np.subtract.outer(range(len(xs)), range(len(xs))), 0))
    weights = np.full(len(xs), 1 - decay)
    weights[0] = 1
    return ((powers * weights) @ flat).reshape(xs.shape)


if __name__ == "__main__":
    print(center_forward(np.loadtxt("data.txt")))
