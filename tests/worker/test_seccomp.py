from __future__ import annotations

import os
import signal
import struct
import sys

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from grader.worker import syscalls
from grader.worker.seccomp import build_asking_filter, build_box_filter, build_filter

linux = pytest.mark.skipif(sys.platform != "linux", reason="seccomp is Linux's")
machines = st.sampled_from(sorted(syscalls.NUMBERS))
words = st.integers(0, 2**64 - 1)
KILL, ALLOW, ASK = 0x80000000, 0x7FFF0000, 0x7FC00000
EPERM, EROFS, ENOSYS = (0x00050000 | number for number in (1, 30, 38))
PID = 4321


def decision(program, machine, number, *arguments, architecture=None):
    """What the kernel's interpreter would answer, for the five instructions that we use."""
    architecture = architecture or syscalls.AUDIT_ARCHITECTURE[machine]
    padded = [*arguments, *[0] * (6 - len(arguments))]
    call = struct.pack("=iIQ6Q", number, architecture, 0, *padded)
    accumulator, at = 0, 0
    while True:
        code, if_true, if_false, operand = struct.unpack_from("=HBBI", program, 8 * at)
        at += 1
        if code == 0x06:
            return operand
        if code == 0x20:
            (accumulator,) = struct.unpack_from("=I", call, operand)
            continue
        holds = {
            0x15: accumulator == operand,
            0x25: accumulator > operand,
            0x45: bool(accumulator & operand),
        }[code]
        at += if_true if holds else if_false


def of_item(machine, name, *arguments, pid=PID, opening=True):
    program = build_filter(machine=machine, pid=pid, opening=opening)
    return decision(program, machine, syscalls.NUMBERS[machine][name], *arguments)


def of_box(machine, name, *arguments):
    program = build_box_filter(machine=machine)
    return decision(program, machine, syscalls.NUMBERS[machine][name], *arguments)


@given(machines, st.integers(0, 0x3FFFFFFF), st.booleans(), st.lists(words, max_size=6))
def test_an_item_is_refused_every_call_that_the_table_lacks(machine, number, opening, arguments):
    assume(number not in syscalls.NUMBERS[machine].values())
    program = build_filter(machine=machine, pid=PID, opening=opening)

    assert decision(program, machine, number, *arguments) == EPERM


@given(machines, st.sampled_from(syscalls.REFUSED), st.lists(words, max_size=6))
def test_what_a_box_may_not_do_an_item_may_not_do(machine, name, arguments):
    assume(name in syscalls.NUMBERS[machine])

    assert of_item(machine, name, *arguments) == of_box(machine, name, *arguments) == EPERM


@pytest.mark.parametrize("machine", sorted(syscalls.NUMBERS))
def test_another_architectures_call_kills(machine):
    for program in (build_filter(machine=machine, pid=PID), build_box_filter(machine=machine)):
        assert decision(program, machine, 0, architecture=0x40000003) == KILL


@given(st.integers(0x40000000, 0x7FFFFFFF))
def test_an_x32_call_kills(number):
    for program in (build_filter(machine="x86_64", pid=PID), build_box_filter(machine="x86_64")):
        assert decision(program, "x86_64", number) == KILL


@given(machines, st.integers(0, 2**32 - 1), st.sampled_from(["kill", "tgkill", "tkill"]))
def test_an_item_signals_no_process_but_itself(machine, pid, name):
    assert of_item(machine, name, pid, 9) == (ALLOW if pid == PID else EPERM)


@given(machines, st.integers(0, 2**32 - 1))
def test_without_a_pid_an_item_signals_nobody(machine, pid):
    assert of_item(machine, "kill", pid, 9, pid=None) == EPERM


@given(machines, st.integers(0, 2**25 - 1))
def test_an_item_opens_for_reading_only(machine, flags):
    writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | 0o20000000

    assert of_item(machine, "openat", 0, 0, flags) == (EROFS if flags & writing else ALLOW)


@pytest.mark.parametrize("name", ["open", "openat", "openat2", *syscalls.OPENING])
def test_without_a_file_system_an_item_opens_nothing(name):
    assert of_item("x86_64", name, opening=False) in (EPERM, ENOSYS)


@given(machines, words)
def test_an_item_makes_threads_and_no_process(machine, flags):
    thread, other = 0x00010000, 0x7E000000 | 0x00020000 | 0x00002000
    allowed = flags & thread and not flags & other

    assert of_item(machine, "clone", flags) == (ALLOW if allowed else EPERM)


@given(machines, st.integers(0, 2**18 - 1))
def test_an_item_maps_nothing_that_its_memory_limit_does_not_count(machine, flags):
    shared, anonymous, grows_down = 0x01, 0x20, 0x100
    uncounted = flags & grows_down or (flags & shared and flags & anonymous)

    assert of_item(machine, "mmap", 0, 4096, 3, flags) == (EPERM if uncounted else ALLOW)


@given(machines, words, words)
def test_an_item_reads_its_own_limits_and_sets_none(machine, pid, new_limits):
    reading = pid & 0xFFFFFFFF == 0 and new_limits == 0

    assert of_item(machine, "prlimit64", pid, 3, new_limits) == (ALLOW if reading else EPERM)


@pytest.mark.parametrize(
    ("name", "place", "allowed"),
    [
        ("ioctl", 1, {0x5451, 0x541B, 0x5401, 0x5413}),
        ("prctl", 0, {3, 15, 16, 0x53564D41}),
        ("fcntl", 1, {0, 1, 2, 3, 1030}),
    ],
)
@given(machine=machines, data=st.data())
def test_of_a_call_with_many_uses_an_item_has_the_harmless(machine, data, name, place, allowed):
    use = data.draw(st.sampled_from(sorted(allowed)) | st.integers(0, 2**32 - 1))
    arguments = [7] * place + [use]

    assert of_item(machine, name, *arguments) == (ALLOW if use in allowed else EPERM)


@pytest.mark.parametrize("machine", sorted(syscalls.NUMBERS))
def test_calls_whose_arguments_are_out_of_sight_do_not_exist(machine):
    assert of_item(machine, "clone3") == of_item(machine, "openat2") == ENOSYS
    assert of_box(machine, "clone3") == ENOSYS


@given(machines, st.integers(syscalls.NEWEST + 1, 0x3FFFFFFF))
def test_calls_newer_than_the_table_do_not_exist_for_a_box(machine, number):
    assert decision(build_box_filter(machine=machine), machine, number) == ENOSYS


@given(machines, words)
def test_a_box_forks_into_no_new_namespace(machine, flags):
    others = flags & (0x7E000000 | 0x00020000 | 0x00002000)

    assert of_box(machine, "clone", flags) == (EPERM if others else ALLOW)


def test_a_machine_without_a_table_is_named():
    with pytest.raises(ValueError, match="riscv64"):
        build_filter(machine="riscv64", pid=None)


ATTEMPTS = {
    "to fork": ("os.fork()", "EPERM"),
    "to start a program": ("os.execv('/bin/true', ['true'])", "EPERM"),
    "to spawn a program": ("os.posix_spawn('/bin/true', ['true'], {})", "EPERM"),
    "to open a socket": ("__import__('socket').socket()", "EPERM"),
    "to make a socket pair": ("__import__('socket').socketpair()", "EPERM"),
    "to write a file": ("open('/dev/null', 'w')", "EROFS"),
    "to append to a file": ("os.open('/dev/null', os.O_RDWR | os.O_APPEND)", "EROFS"),
    "to make a folder": ("os.mkdir('/nowhere/new')", "EPERM"),
    "to remove a file": ("os.unlink('/nowhere/old')", "EPERM"),
    "to rename a file": ("os.rename('/nowhere/old', '/nowhere/new')", "EPERM"),
    "to signal its parent": ("os.kill(os.getppid(), 0)", "EPERM"),
    "to signal everybody": ("os.kill(-1, 0)", "EPERM"),
    "to signal its group": ("os.kill(0, 0)", "EPERM"),
    "to signal itself": ("os.kill(os.getpid(), 0)", "done"),
    "to be traced": ("syscalls.call('ptrace', 0, 0, 0, 0)", "EPERM"),
    "to read its parent": ("syscalls.call('process_vm_readv', os.getppid())", "EPERM"),
    "to share memory": ("__import__('mmap').mmap(-1, 4096)", "EPERM"),
    "to map a stack that grows": (
        "__import__('mmap').mmap(-1, 4096, flags=0x122)",
        "EPERM",
    ),
    "to map private memory": ("__import__('mmap').mmap(-1, 4096, flags=0x22)", "done"),
    "to make a file of memory": ("os.memfd_create('hidden')", "EPERM"),
    "to raise a limit": ("lockdown.limit(memory_bytes=1 << 40, cpu_seconds=9)", "EPERM"),
    "to enter a namespace": ("syscalls.call('unshare', 0x10000000)", "EPERM"),
    "to change its filter": ("seccomp.install(seccomp.build_filter(machine=os.uname().machine,"
                             " pid=None))", "EPERM"),
    "to read a file": ("open('/etc/passwd').close()", "done"),
    "to list a folder": ("os.listdir('/')", "done"),
    "to make a thread": ("thread()", "done"),
}  # fmt: skip
THREAD = """
import threading
def thread():
    started = threading.Thread(target=len, args=((),))
    started.start()
    started.join()
"""


@linux
@pytest.mark.parametrize("attempt", sorted(ATTEMPTS))
def test_an_item_tries(attempt, printed):
    lines, wanted = ATTEMPTS[attempt]

    assert printed(f"{THREAD}\nfiltered()\nprint(outcome(lambda: {lines}))") == wanted


@linux
@pytest.mark.parametrize(
    "attempt", ["open('/etc/passwd')", "os.stat('/')", "os.listdir('/')", "os.readlink('/bin')"]
)
def test_without_a_file_system_an_item_tries(attempt, printed):
    assert printed(f"filtered(opening=False)\nprint(outcome(lambda: {attempt}))") == "EPERM"


@linux
def test_without_a_file_system_an_import_finds_nothing(printed):
    lines = """
    filtered(opening=False)
    try:
        import colorsys
    except ModuleNotFoundError as error:
        print(error.name)
    """
    assert printed(lines) == "colorsys"


@linux
@pytest.mark.skipif(os.uname().machine != "x86_64", reason="x32 is x86_64's")
def test_an_x32_call_ends_the_process(child):
    ended = child("filtered(); ctypes.CDLL(None).syscall(ctypes.c_long(0x40000000 | 39))")

    assert ended.returncode == -signal.SIGSYS


@linux
def test_a_filter_holds_threads_that_run_already(printed):
    lines = """
    import threading
    locked, seen = threading.Event(), []
    def other():
        locked.wait()
        seen.append(outcome(os.fork))
    thread = threading.Thread(target=other)
    thread.start()
    filtered()
    locked.set()
    thread.join()
    print(*seen)
    """
    assert printed(lines) == "EPERM"


@linux
def test_a_box_locks_down_an_item_and_ends_it(printed):
    lines = """
    import select, signal, socket
    machine = os.uname().machine
    lockdown.no_new_privileges()
    seccomp.install(seccomp.build_box_filter(machine=machine))
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        lockdown.die_with_parent()
        lockdown.undumpable()
        lockdown.close_descriptors_except({0, 1, 2, theirs.fileno()})
        lockdown.drop_capabilities()
        lockdown.limit(memory_bytes=lockdown.vm_data_bytes() + (1 << 26), cpu_seconds=9)
        if landlock.abi():
            landlock.restrict(["/"])
        filtered()
        os.write(theirs.fileno(), outcome(os.fork).encode())
        os.read(theirs.fileno(), 1)
    select.select([ours], [], [], 50)
    word = os.read(ours.fileno(), 99).decode()
    os.kill(pid, signal.SIGKILL)
    print(word, os.waitid(os.P_PID, pid, os.WEXITED).si_status)
    """
    assert printed(lines) == "EPERM 9"


@linux
@pytest.mark.parametrize(
    "attempt",
    ["os.execv('/bin/true', ['true'])", "__import__('socket').socket()", "os.memfd_create('x')"],
)
def test_a_box_tries(attempt, printed):
    lines = f"""
    lockdown.no_new_privileges()
    seccomp.install(seccomp.build_box_filter(machine=os.uname().machine))
    print(outcome(lambda: {attempt}))
    """
    assert printed(lines) == "EPERM"


TRAINING = """
import numpy as np, torch
from torch import nn
torch.set_num_threads(1)
def step():
    model = nn.Sequential(nn.Conv2d(1, 2, 3), nn.Flatten(), nn.Linear(72, 3)).double()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    x = torch.from_numpy(np.random.default_rng(0).normal(size=(2, 1, 8, 8)))
    before = nn.functional.cross_entropy(model(x), torch.tensor([0, 1]))
    before.backward()
    optimizer.step()
    after = nn.functional.cross_entropy(model(x), torch.tensor([0, 1]))
    return bool(after < before)
step()
"""


@linux
def test_torch_trains_under_both_filters(printed):
    lines = (
        TRAINING
        + """
for opening in (True, False):
    if os.fork() == 0:
        filtered(opening)
        print(opening, step(), flush=True)
        os._exit(0)
    os.wait()
"""
    )
    assert printed(lines, packages=True, timeout=300) == "True True\nFalse True"


@given(machines, st.integers(0, syscalls.NEWEST), words)
def test_the_asking_filter_asks_about_clone_alone(machine, number, word):
    program = build_asking_filter(machine=machine)
    wanted = ASK if number == syscalls.NUMBERS[machine]["clone"] else ALLOW

    assert decision(program, machine, number, word) == wanted


@pytest.mark.parametrize("machine", sorted(syscalls.NUMBERS))
def test_what_refuses_is_stronger_than_what_asks(machine):
    # seccomp takes the smallest answer of all filters, as a signed number.
    program = build_filter(machine=machine, pid=PID)
    fork = decision(program, machine, syscalls.NUMBERS[machine]["clone"], 17)

    assert fork == EPERM < ASK < ALLOW
