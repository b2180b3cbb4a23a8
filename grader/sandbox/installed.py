"""What a box may read: the interpreter, its standard library, and the arrays' own packages."""

from __future__ import annotations

import os
import re
import sys
import sysconfig
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path

_LIBRARY_FOLDERS = ("/lib64", "/usr/lib64", "/lib/{}", "/usr/lib/{}", "/etc/ld.so.cache")
_THIRD_PARTY = ("site-packages", "dist-packages", "__pycache__", "test", "idlelib", "tkinter")


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """Paths and names that a box needs of this machine.

    Attributes:
        readable: files and folders that may be read, at any depth.
        listable: folders whose names may be listed, nothing more.
        started: what starting the interpreter reads once, before a box is locked.
        modules: top-level names of installed modules that may be imported.
    """

    readable: tuple[Path, ...]
    listable: tuple[Path, ...]
    started: tuple[Path, ...]
    modules: tuple[str, ...]


@lru_cache(maxsize=4)
def needed(arrays: str) -> Installed:
    """What a box needs for an assignment on `arrays` ("torch" or "numpy").

    The packages are those two with their dependencies, folder by folder; nothing else that is
    installed may be read, not even this package, but for the worker and the three modules it uses.
    """
    package = Path(__file__).parent.parent
    ours = [
        *(package / name for name in ("__init__.py", "errors.py", "questions.py", "wire.py")),
        package / "worker",
    ]
    tops = _tops(("torch", "numpy") if arrays == "torch" else ("numpy",))
    sites = {Path(sysconfig.get_paths()[key]) for key in ("purelib", "platlib")}
    packages = [site / top for site in sites for top in tops if (site / top).exists()]
    library = Path(sysconfig.get_paths()["stdlib"])
    standard = [entry for entry in library.iterdir() if entry.name not in _THIRD_PARTY]
    readable = [*ours, *packages, *standard, *_shared_libraries()]
    devices = [Path("/dev") / name for name in ("null", "zero", "urandom", "random")]
    return Installed(
        readable=tuple(sorted({*readable, *devices})),
        listable=tuple(sorted({*sites, library})),
        started=tuple(_interpreter()),
        modules=tuple(sorted({re.split(r"\.", top)[0] for top in tops} - {""})),
    )


def _tops(names: tuple[str, ...]) -> set[str]:
    """Top-level entries in site-packages of the distributions `names` and all they depend on."""
    tops: set[str] = set()
    seen: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name in seen:
            continue
        seen.add(name)
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        for line in (distribution.read_text("RECORD") or "").splitlines():
            top = line.split(",", 1)[0].split("/", 1)[0]
            if top not in ("..", "bin", "__pycache__"):
                tops.add(top)
        for requirement in distribution.requires or ():
            if "extra ==" not in requirement:
                waiting.append(re.split(r"[\s;<>=!~\[(]", requirement, maxsplit=1)[0])
    return tops


def _shared_libraries() -> list[Path]:
    triplet = sysconfig.get_config_var("MULTIARCH") or f"{os.uname().machine}-linux-gnu"
    folders = [Path(folder.format(triplet)) for folder in _LIBRARY_FOLDERS]
    own = Path(sysconfig.get_config_var("LIBDIR") or "/nonexistent")
    python = own.glob("libpython*.so*") if own.is_dir() else []
    return [path for path in (*folders, *python) if path.exists()]


def _interpreter() -> list[Path]:
    """The executable with every link on the way to it, and the environment's own settings."""
    paths = [Path(sys.executable)]
    while paths[-1].is_symlink():
        target = Path(os.readlink(paths[-1]))
        paths.append(target if target.is_absolute() else paths[-1].parent / target)
    settings = Path(sys.prefix) / "pyvenv.cfg"
    huge_pages = Path("/sys/kernel/mm/transparent_hugepage")
    return [path for path in (*paths, settings, huge_pages) if path.exists()]
