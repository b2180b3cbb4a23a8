"""Loading a submission from memory: its modules, what they may import, where an error stands."""

from __future__ import annotations

import contextlib
import importlib
import importlib.abc
import importlib.machinery
import re
import sys
import sysconfig
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import CodeType, ModuleType
from typing import Any

from grader.questions import Failure, FailureKind
from grader.worker import definitions, standins

LONGEST_MESSAGE = 500

_ALLOCATION = re.compile(r"allocate\s([0-9]+)\sbytes")
_DEVICE = re.compile(r"(CUDA|HIP|MPS|XPU|cuDNN)\b[\w ]*?(?:error|out of memory)\b")
"""How the messages of torch's accelerators begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The files of a submission as text, in the assignment's order.

    `files` and `given` map a file's name (`layers.py`) to its source; `overlays` are sources that
    run after the first file in its namespace, a misconception's for instance. Of the files that
    `scripts` names only definitions are loaded in any case; `asked` is what checks ask for.
    `codes` and `pieces` (definitions alone) are those that are compiled already, by name.
    """

    files: dict[str, str]
    given: dict[str, str]
    overlays: dict[str, str]
    scripts: Sequence[str] = ()
    asked: Sequence[str] = ()
    codes: dict[str, CodeType] = field(default_factory=dict)
    pieces: dict[str, definitions.Pieces] = field(default_factory=dict)

    def compile_all(self, *, whole: bool) -> None:
        """Compile what is not yet; what cannot be compiled says so where it is loaded.

        An item does this before it runs any of it, so that one word from it shows that the sources
        end no compiler; only then may a process that has to live do the same.

        Args:
            whole: for files as they are; False: for their definitions alone.
        """
        for name, text in {**self.files, **self.given, **self.overlays}.items():
            with contextlib.suppress(Exception):
                if name in self.files and (name in self.scripts or not whole):
                    if name not in self.pieces:
                        self.pieces[name] = definitions.extract(text, name, self.asked)
                elif name not in self.codes:
                    self.codes[name] = compile(text, name, "exec")

    def code(self, name: str, text: str) -> CodeType:
        """The code of one of the sources.

        Raises:
            SyntaxError, ValueError: it has none.
        """
        return self.codes.get(name) or compile(text, name, "exec")

    def definitions(self, name: str, text: str) -> definitions.Pieces:
        """The definitions of one of the files.

        Raises:
            SyntaxError, ValueError: it does not parse.
        """
        return self.pieces.get(name) or definitions.extract(text, name, self.asked)


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the submission's own modules in memory, stand-ins, and of the installed ones those that
    the assignment's arrays need; everything else looks uninstalled."""

    def __init__(
        self,
        sources: Sources,
        allowed: frozenset[str],
        usual: Sequence[Any],
        *,
        whole: bool,
    ) -> None:
        self._sources = {
            name.removesuffix(".py"): (name, text)
            for name, text in {**sources.files, **sources.given}.items()
        }
        self._code, self._definitions = sources.code, sources.definitions
        self._given = {name.removesuffix(".py") for name in sources.given}
        self._scripts = {name.removesuffix(".py") for name in sources.scripts}
        self._allowed = allowed
        self._usual = usual
        self._whole = whole

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """A spec for what we load ourselves, the usual one for what may be imported, else None."""
        if name in self._sources or standins.module(name) is not None:
            return importlib.machinery.ModuleSpec(name, self)
        found = None
        if name.partition(".")[0] in self._allowed:
            for finder in self._usual:
                found = found or finder.find_spec(name, path, target)
        return found

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        """A stand-in, or None for a plain module."""
        return None if spec.name in self._sources else standins.module(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Run the module's source: whole, or its definitions alone."""
        if module.__name__ not in self._sources:
            return
        file, text = self._sources[module.__name__]
        module.__file__ = file
        whole = self._whole and module.__name__ not in self._scripts
        if whole or module.__name__ in self._given:
            exec(self._code(file, text), module.__dict__)
        else:
            definitions.run(self._definitions(file, text), module.__dict__)


def keep_installed_paths() -> None:
    """Import from the standard library and this environment's packages only: no editable install,
    no current folder."""
    packages = {sysconfig.get_paths()[key] for key in ("purelib", "platlib")}
    sys.path[:] = [
        path
        for path in sys.path
        if path in packages
        or (
            path.startswith(sys.base_prefix) and "-packages" not in path and path != sys.base_prefix
        )
    ]
    sys.meta_path[:] = [finder for finder in sys.meta_path if "editable" not in repr(finder)]


def load(sources: Sources, allowed: frozenset[str], *, whole: bool) -> list[ModuleType]:
    """Import the submission's files in order; afterwards only its own imports are possible.

    This runs in every item after a fork, so it must not walk over large structures: each object it
    so much as counts a reference to is a page to copy.

    Args:
        sources: what to load.
        allowed: top-level names that may be imported, from `shut_out`.
        whole: run the files as they are; False: their definitions alone.

    Raises:
        BaseException: whatever the student's code raises, SystemExit included.
    """
    standins.install()
    sys.meta_path[:] = [Finder(sources, allowed, tuple(sys.meta_path), whole=whole)]
    modules = [importlib.import_module(name.removesuffix(".py")) for name in sources.files]
    for name, text in sources.overlays.items():
        exec(sources.code(name, text), modules[0].__dict__)
    return modules


def shut_out(allowed: Sequence[str]) -> frozenset[str]:
    """Forget what is already imported of other distributions, our own package included.

    Called once, after the worker's own imports.

    Args:
        allowed: top-level names of installed modules that may be imported.
    Returns: those names and the standard library's.
    """
    names = frozenset((*sys.stdlib_module_names, *allowed, "__main__"))
    for name in [name for name in sys.modules if name.partition(".")[0] not in names]:
        del sys.modules[name]
    return names


def find(modules: Sequence[ModuleType], name: str) -> Any:
    """The function `name` of the first module that has it.

    Raises:
        LookupError: none has.
    """
    for module in modules:
        if name in vars(module):
            return vars(module)[name]
    raise LookupError(name)


def failure_of(error: BaseException, files: Sequence[str]) -> Failure:
    """What an exception of student code says: its kind, one sentence, the student's own line."""
    kind = FailureKind.OUT_OF_MEMORY if _is_memory(error) else FailureKind.RAISED
    if device := _device_failure(error):
        kind, text = device
    elif isinstance(error, SystemExit):
        text = f"the code ended itself (SystemExit: {_text(error)})"
    elif isinstance(error, RuntimeError) and kind is FailureKind.OUT_OF_MEMORY:
        # Without the place in torch's own sources.
        asked = _ALLOCATION.search(_text(error))
        size = f"{int(asked[1]) / (1 << 30):.2f} GiB" if asked else ""
        tried = f"; tried to allocate {size}" if asked else ""
        text = f"out of memory{tried}"
    else:
        text = f"{type(error).__name__}: {_text(error)}".removesuffix(": ")
    text = re.sub(r"0x[0-9a-fA-F]+", "0x…", text)
    if isinstance(error, ModuleNotFoundError):
        text += " in this box"
    if isinstance(error, PermissionError):
        text += " (a box allows no files to be written, no processes and no network)"
    return Failure(kind=kind, message=text[:LONGEST_MESSAGE], where=_where(error, files))


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except BaseException:
        return "(its text cannot be shown)"


def _is_memory(error: BaseException) -> bool:
    return isinstance(error, MemoryError) or (
        isinstance(error, RuntimeError) and "can't allocate memory" in _text(error)
    )


def _device_failure(error: BaseException) -> tuple[FailureKind, str] | None:
    """What an accelerator's own error says, without the numbers that differ from run to run.

    After an error of the device its context is lost, and the process with it: a crash.
    """
    text = _text(error)
    if not isinstance(error, RuntimeError) or not (found := _DEVICE.match(text)):
        return None
    if "out of memory" in text:
        size = re.search(r"Tried to allocate ([0-9.]+ [KMGT]i?B)", text)
        tried = f"; tried to allocate {size[1]}" if size else ""
        return FailureKind.OUT_OF_MEMORY, f"out of memory on the device ({found[1]}){tried}"
    return FailureKind.CRASHED, f"the device failed: {text.partition(chr(10))[0]}"


def _where(error: BaseException, files: Sequence[str]) -> str | None:
    """The innermost line of the student's own files, `layers.py:31`."""
    if isinstance(error, SyntaxError) and error.filename in files:
        return f"{error.filename}:{error.lineno}"
    own = [
        (frame.f_code, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if _file(frame.f_code) in files
    ]
    return f"{_file(own[-1][0])}:{own[-1][1]}" if own else None


def _file(code: CodeType) -> str:
    return code.co_filename
