"""The shelf: objects that stay inside, and the way of values through the wall.

Arrays come in as tensors (or numpy arrays, where the assignment says so) and leave as numpy; an
object that is none of the values that cross leaves as a Ref where one is asked for.
"""

from __future__ import annotations

import importlib
import sys
from collections import OrderedDict
from typing import Any

import numpy as np

from grader.questions import Ref, Returns
from grader.worker import accelerator


class Unreadable(Exception):
    """A value that cannot cross the wall, or is not of the form asked; the text says which."""


class Shelf:
    """The objects of one check that stay inside, by question and part."""

    def __init__(self, arrays: str, device: str | None = None) -> None:
        """`arrays` is "torch" or "numpy"; `device` is where tensors go, None leaves them."""
        self._device = device
        self._torch: Any = sys.modules.get("torch") if arrays == "torch" else None
        self._objects: dict[tuple[int, int], Any] = {}

    def clear(self) -> None:
        """Forget everything: the next check starts with an empty shelf."""
        self._objects.clear()
        if self._device is not None:
            accelerator.give_back(self._device)

    def inside(self, value: Any) -> Any:
        """A decoded value as student code gets it: tensors, and the held objects themselves."""
        if isinstance(value, np.ndarray):
            if self._device is not None:
                return accelerator.there(value, self._device)
            return value if self._torch is None else self._torch.from_numpy(value)
        if isinstance(value, Ref):
            return self.resolve(value)
        if type(value) in (tuple, list):
            return type(value)(map(self.inside, value))
        if type(value) is dict:
            return {key: self.inside(entry) for key, entry in value.items()}
        return value

    def resolve(self, ref: Ref) -> Any:
        """The object that `ref` points at.

        Raises:
            AttributeError, LookupError, TypeError: as following the path raises them.
        """
        found = self._objects[ref.question, ref.part]
        for step, name in ref.path:
            found = getattr(found, str(name)) if step == "attribute" else found[name]
        return found

    def make(self, name: str) -> Any:
        """What the dotted `name` imports: `torch.Generator`, `network.Net`."""
        parts = name.split(".")
        found = importlib.import_module(parts[0])
        for index, part in enumerate(parts[1:], 2):
            if not hasattr(found, part):
                importlib.import_module(".".join(parts[:index]))
            found = getattr(found, part)
        return found

    def outside(self, value: Any, returns: Returns, question: int) -> Any:
        """A value as it leaves: numpy arrays, plain values, Refs where `returns` says held.

        Raises:
            Unreadable: it is not of the form that is asked, or is none of the values that cross.
        """
        if isinstance(returns, tuple):
            parts = _parts(value)
            if parts is None or len(parts) != len(returns):
                raise Unreadable(f"returned {self.described(value)}; {asked(returns)} is asked")
            return tuple(
                self.outside(part, form, question)
                for part, form in zip(parts, returns, strict=True)
            )
        if returns == "held":
            part = sum(1 for number, _ in self._objects if number == question)
            self._objects[question, part] = value
            return Ref(question=question, part=part)
        if returns == "array" and not self._is_array(value):
            raise Unreadable(f"returned {self.described(value)}; {asked(returns)} is asked")
        return self._plain(value, 0)

    def described(self, value: Any) -> str:
        """A value in a few words: `one array (3, 4)`, `a tuple of 2`, `a Net`."""
        if self._is_array(value):
            return f"one array {tuple(value.shape)}"
        if type(value) in (tuple, list, dict, set):
            return f"a {type(value).__name__} of {len(value)}"
        if value is None:
            return "None"
        plain = type(value) in (bool, int, float, str)
        return f"one {type(value).__name__}" if plain else f"a {type(value).__name__}"

    def _is_array(self, value: Any) -> bool:
        torch = self._torch
        return type(value) is np.ndarray or (
            torch is not None and type(value) in (torch.Tensor, torch.nn.Parameter)
        )

    def _plain(self, value: Any, depth: int) -> Any:
        kind = type(value)
        if depth > 20:
            raise Unreadable("returned something nested too deeply")
        if kind is np.ndarray:
            return value
        if self._is_array(value):
            return self._numpy(value)
        if isinstance(value, np.generic):
            return value.item()
        if (parts := _parts(value)) is not None:
            plain = [self._plain(part, depth + 1) for part in parts]
            return plain if kind is list else tuple(plain)
        if kind in (dict, OrderedDict):
            return {self._key(key): self._plain(part, depth + 1) for key, part in value.items()}
        if value is None or kind in (bool, int, float, str):
            return value
        if kind in (set, frozenset) and all(type(part) is str for part in value):
            return set(value)
        raise Unreadable(f"returned {self.described(value)}, which is none of the values asked")

    def _key(self, key: Any) -> Any:
        plain = key.item() if isinstance(key, np.generic) else key
        if plain is None or type(plain) in (bool, int, float, str):
            return plain
        raise Unreadable(f"returned a dict with a {type(key).__name__} among its keys")

    def _numpy(self, tensor: Any) -> np.ndarray:
        torch = self._torch
        if tensor.layout != torch.strided or tensor.is_quantized or tensor.is_meta:
            raise Unreadable("returned a tensor that is not dense")
        if tensor.is_complex():
            raise Unreadable(f"returned a tensor of dtype {tensor.dtype}")
        try:
            array: np.ndarray = tensor.detach().cpu().resolve_neg().numpy()
        except TypeError:  # bfloat16 and the like, of which numpy knows nothing
            raise Unreadable(f"returned a tensor of dtype {tensor.dtype}") from None
        return array


def _parts(value: Any) -> list[Any] | None:
    """What a tuple or a list holds, a named tuple or a torch.Size as any other; else None.

    The tuple's own way of counting, whatever a subclass says about itself.
    """
    if issubclass(type(value), tuple):
        return list(tuple.__iter__(value))
    return value if type(value) is list else None


def asked(returns: Returns) -> str:
    """The form that is asked, in words: `a tuple (array, anything)`."""
    if isinstance(returns, tuple):
        words = {"array": "array", "held": "anything", "value": "value"}
        return f"a tuple ({', '.join(words.get(str(part), 'tuple') for part in returns)})"
    return {"array": "an array"}.get(str(returns), "a value")
