"""Write assignments/preprocessing/data/digits.npz from the copy that scikit-learn ships.

Needs scikit-learn, which the project does not: run it in an environment of its own. The same
version of numpy gives the same bytes again.

    python -m venv build/sk && build/sk/bin/pip install scikit-learn
    build/sk/bin/python docs/figures/digits.py
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

DATA = Path(__file__).resolve().parents[2] / "assignments" / "preprocessing" / "data"


def main() -> None:
    """Pack the 1,797 images of 8x8, grey levels 0 to 16, and their labels."""
    digits = load_digits()
    DATA.mkdir(exist_ok=True)
    np.savez_compressed(
        DATA / "digits.npz",
        images=digits.images.astype(np.uint8),
        labels=digits.target.astype(np.uint8),
    )


if __name__ == "__main__":
    main()
