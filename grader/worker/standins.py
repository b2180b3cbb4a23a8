"""Inert modules for what graded code does not need: plots, notebooks, progress bars.

A submission that draws a figure or shows a progress bar at import loads as if it had; nothing is
drawn, and no file is read or written.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from types import ModuleType
from typing import Any

NAMES = ("matplotlib", "pylab", "seaborn", "plotly", "IPython", "ipywidgets", "google", "grader")
PROGRESS = "tqdm"


class Inert:
    """Takes every attribute, call, index and operator, and does nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Whatever it is given is dropped."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Inert()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Does nothing."""
        return Inert()

    def __getitem__(self, key: Any) -> Any:
        return Inert()

    def __setitem__(self, key: Any, value: Any) -> None:
        """Nothing is kept."""

    def __iter__(self) -> Iterator[Any]:
        # Two, for `figure, axes = plt.subplots()`.
        return iter((Inert(), Inert()))

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *error: object) -> None:
        """Errors pass."""

    def __bool__(self) -> bool:
        return False

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __neg__ = __call__
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __pow__ = __rpow__ = __call__
    __matmul__ = __rmatmul__ = __mod__ = __lt__ = __le__ = __gt__ = __ge__ = __call__


class InertModule(ModuleType):
    """A module whose every attribute is Inert, and every submodule too."""

    __path__ = ()  # type: ignore[assignment]  # importlib asks for it, and finds nothing there
    __all__ = ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Inert()


class ProgressModule(InertModule):
    """A progress bar that passes its iterable through."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _counted if name in ("trange", "tnrange") else _Progress


class _Progress(Inert):
    def __init__(self, iterable: Any = (), *args: Any, **kwargs: Any) -> None:
        self._iterable = iterable

    def __iter__(self) -> Iterator[Any]:
        return iter(self._iterable)


def _counted(*args: int, **kwargs: Any) -> range:
    return range(*args)


def module(name: str) -> ModuleType | None:
    """The stand-in for the module `name`, or None if it needs none."""
    top = name.partition(".")[0]
    if top == PROGRESS:
        return ProgressModule(name)
    if top in NAMES and (top != "google" or name in ("google", "google.colab")):
        return InertModule(name)
    return None


def install() -> None:
    """Put `get_ipython` where a notebook's code expects it."""
    builtins.get_ipython = Inert  # type: ignore[attr-defined]
