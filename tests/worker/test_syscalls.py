from __future__ import annotations

import errno
import os
import re
import sys
import sysconfig
from pathlib import Path

import pytest

from grader.worker import syscalls

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the calls are Linux's")

INCLUDE = Path("/usr/include")


def header(*candidates: str) -> str:
    folders = [INCLUDE, INCLUDE / (sysconfig.get_config_var("MULTIARCH") or "")]
    for path in (folder / name for folder in folders for name in candidates):
        if path.is_file():
            return path.read_text(encoding="utf-8")
    # A Debian of another architecture keeps them in a folder of its own.
    for path in (found for name in candidates for found in INCLUDE.glob(f"*/{name}")):
        return path.read_text(encoding="utf-8")
    pytest.skip(f"no kernel header {' or '.join(candidates)} here")


def numbers_of_x86_64() -> dict[str, int]:
    found = re.findall(r"#define __NR_(\w+)\s+(\d+)", header("asm/unistd_64.h"))
    return {name: int(number) for name, number in found}


def numbers_of_aarch64() -> dict[str, int]:
    """The generic table; what differs between 32 and 64 bits stands there under two names."""
    text = header("asm-generic/unistd.h")
    wide = dict(re.findall(r"#define __NR3264_(\w+)\s+(\d+)", text))
    plain = dict(re.findall(r"#define __NR_(\w+)\s+(\d+)", text))
    renamed = re.findall(r"#define __NR_(\w+)\s+__NR3264_(\w+)", text)
    plain |= {name: wide[old] for name, old in renamed if old in wide}
    return {name: int(number) for name, number in plain.items()}


KERNEL = {"x86_64": numbers_of_x86_64, "aarch64": numbers_of_aarch64}


@pytest.mark.parametrize("machine", sorted(KERNEL))
def test_the_numbers_are_the_kernels(machine):
    kernel = KERNEL[machine]()
    ours = syscalls.NUMBERS[machine]

    assert {n: k for n, k in ours.items() if kernel.get(n) != k} == {}


@pytest.mark.parametrize("machine", sorted(KERNEL))
def test_what_the_table_lacks_on_a_machine_the_kernel_lacks_too(machine):
    kernel = KERNEL[machine]()
    lacking = set().union(*syscalls.NUMBERS.values()) - set(syscalls.NUMBERS[machine])

    assert not lacking & set(kernel)


def test_every_call_has_one_of_the_marks():
    marks = {row[3] for row in syscalls._ROWS}

    assert marks == {"allowed", "opening", "argument", "absent", "box", "refused"}


def test_no_name_stands_twice():
    names = [row[0] for row in syscalls._ROWS]

    assert len(names) == len(set(names))


def test_a_call_answers_with_the_kernels_result():
    assert syscalls.call("getpid") == os.getpid()


def test_an_error_begins_with_the_step_that_failed():
    with pytest.raises(OSError, match="closing nothing: Bad file descriptor") as caught:
        syscalls.call("close", -1, step="closing nothing")

    assert caught.value.errno == errno.EBADF


def test_a_name_without_a_number_is_an_error_too():
    with pytest.raises(OSError, match="fold_paper") as caught:
        syscalls.call("fold_paper")

    assert caught.value.errno == errno.ENOSYS
