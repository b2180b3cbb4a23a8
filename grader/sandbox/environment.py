"""The environment that student code runs in: pinned arithmetic, one thread, nothing of ours."""

from __future__ import annotations

import contextlib
import os
import platform
import tempfile
from functools import lru_cache
from pathlib import Path

from grader.errors import UsageError

_LIBRARY_PATH = "LD_LIBRARY_PATH"
_OF_DEVICES = (
    *("CUDA_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES", "ROCR_VISIBLE_DEVICES", "ZE_AFFINITY_MASK"),
    _LIBRARY_PATH,
)


def library_folders() -> list[Path]:
    """The folders in which this environment looks for libraries first."""
    paths = os.environ.get(_LIBRARY_PATH, "").split(":")
    return [path for path in map(Path, filter(None, paths)) if path.is_absolute()]


def pinned(folder: str, device: str | None = None) -> dict[str, str]:
    """Environment variables of a zygote, `folder` being its empty read-only working folder.

    With a `device` accelerators are to be seen, those that whoever runs us chose, and are made to
    repeat themselves; their libraries may lie in folders of their own.

    One thread and one instruction set make the same work give the same bits; glibc's huge pages
    make a fork of the warm zygote several times cheaper.
    """
    variables = {
        "HOME": folder,
        "TMPDIR": folder,
        # torch's compiler insists on a folder when it is imported; it never writes there.
        "TORCHINDUCTOR_CACHE_DIR": folder,
        "LANG": "C.UTF-8",
        "PATH": "/nonexistent",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONMALLOC": "malloc",
        "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_CBWR": "COMPATIBLE",
        "PYTORCH_NVML_BASED_CUDA_CHECK": "1",
    }
    if device is None:
        variables["CUDA_VISIBLE_DEVICES"] = ""
    else:
        variables |= {"CUBLAS_WORKSPACE_CONFIG": ":4096:8", "CUDA_CACHE_DISABLE": "1"}
        variables |= {name: os.environ[name] for name in _OF_DEVICES if name in os.environ}
    if _has_avx2():
        variables |= {"ATEN_CPU_CAPABILITY": "avx2", "ONEDNN_MAX_CPU_ISA": "AVX2"}
    if platform.system() == "Windows":
        variables |= {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return variables


def empty_folder() -> str:
    """An empty folder that nobody may write to, shared by all zygotes of this user."""
    folder = Path(tempfile.gettempdir()) / f"nabla-grader-empty-{_user()}"
    try:
        folder.mkdir(mode=0o555)
    except FileExistsError:
        ours = not hasattr(os, "getuid") or folder.lstat().st_uid == os.getuid()
        if folder.is_symlink() or not folder.is_dir() or not ours or any(folder.iterdir()):
            return tempfile.mkdtemp(prefix="nabla-grader-empty-")
    return str(folder)


def own_folder() -> Path:
    """A folder of this user's among the machine's temporary ones, the same for all processes.

    Raises: UsageError where another user, or a link, stands in its place.
    """
    folder = Path(tempfile.gettempdir()) / f"nabla-grader-{_user()}"
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    ours = not hasattr(os, "getuid") or folder.lstat().st_uid == os.getuid()
    if folder.is_symlink() or not folder.is_dir() or not ours:
        raise UsageError(f"{folder} is in the way: no folder, or not yours. Remove it.")
    return folder


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else "user"


@lru_cache(maxsize=1)
def _has_avx2() -> bool:
    try:
        return " avx2 " in Path("/proc/cpuinfo").read_text()
    except OSError:
        return False
