from __future__ import annotations

import os
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the lock-down is Linux's")

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
MIB = 1 << 20
LIMITED = "lockdown.limit(memory_bytes=lockdown.vm_data_bytes() + (64 << 20), cpu_seconds=9)\n"


def status(name: str) -> str:
    """Lines that print one entry of the kernel's own page about a process."""
    return f"print(*[l.split()[1] for l in open('/proc/self/status') if l.startswith({name!r})])"


def test_what_the_memory_limit_counts_is_measured(printed):
    ours, kernels = printed(f"print(lockdown.vm_data_bytes())\n{status('VmData:')}").split()

    assert abs(int(ours) - 1024 * int(kernels)) < 2 * MIB


def test_what_the_address_limit_counts_is_measured(printed):
    ours, kernels = printed(f"print(lockdown.vm_size_bytes())\n{status('VmSize:')}").split()

    assert abs(int(ours) - 1024 * int(kernels)) < 2 * MIB


def test_measuring_leaves_the_limit_as_it_was(printed):
    lines = """
    import resource
    before = resource.getrlimit(resource.RLIMIT_DATA)
    lockdown.vm_data_bytes()
    print(resource.getrlimit(resource.RLIMIT_DATA) == before)
    """
    assert printed(lines) == "True"


def test_measuring_at_the_hard_limit_is_an_error(printed):
    lines = """
    import resource
    resource.setrlimit(resource.RLIMIT_DATA, (1 << 20, 1 << 20))
    try:
        lockdown.vm_data_bytes()
    except OSError as error:
        print(error.strerror)
    """
    assert printed(lines) == "vm_data: this process is at its hard limit already"


def test_memory_beyond_the_limit_is_a_memory_error(printed):
    lines = """
    lockdown.limit(memory_bytes=lockdown.vm_data_bytes() + (64 << 20), cpu_seconds=9)
    try:
        bytearray(128 << 20)
    except MemoryError:
        print("MemoryError")
    """
    assert printed(lines) == "MemoryError"


def test_memory_within_the_limit_is_to_be_had(printed):
    assert printed(f"{LIMITED}print(len(bytearray(32 << 20)))") == str(32 * MIB)


def test_memory_made_read_only_still_counts_as_address_space(printed):
    lines = """
    import mmap
    lockdown.limit(
        memory_bytes=lockdown.vm_data_bytes() + (64 << 20),
        address_bytes=lockdown.vm_size_bytes() + (256 << 20),
        cpu_seconds=9,
    )
    def hoard():
        for _ in range(8):
            private = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
            at = syscalls.call("mmap", 0, 48 << 20, 3, private, -1, 0)
            syscalls.call("mprotect", at, 48 << 20, mmap.PROT_READ)
    print(outcome(hoard))
    """
    assert printed(lines) == "ENOMEM"


def test_no_file_can_grow(tmp_path, printed):
    attempt = f"os.write(os.open({str(tmp_path / 'file')!r}, os.O_WRONLY | os.O_CREAT), b'x')"

    assert printed(f"{LIMITED}print(outcome(lambda: {attempt}))") == "EFBIG"


def test_descriptors_are_few(printed):
    assert printed(f"{LIMITED}print(outcome(lambda: [os.dup(0) for _ in range(64)]))") == "EMFILE"


def test_computing_too_long_ends_the_process(child):
    ended = child("lockdown.limit(memory_bytes=1 << 30, cpu_seconds=1)\nwhile True: pass")

    assert -ended.returncode in (24, 9)  # SIGXCPU, or SIGKILL a second later


def test_a_lower_limit_stays(printed):
    lines = """
    import resource
    resource.setrlimit(resource.RLIMIT_NOFILE, (20, 20))
    lockdown.limit(memory_bytes=1 << 30, cpu_seconds=9)
    print(*resource.getrlimit(resource.RLIMIT_NOFILE))
    """
    assert printed(lines) == "20 20"


@as_root
def test_a_throw_away_user_has_few_threads(printed):
    lines = """
    import threading
    hold = threading.Event()
    lockdown.become(64999)
    lockdown.limit(memory_bytes=1 << 30, cpu_seconds=9, tasks=8)
    started = []
    try:
        for _ in range(20):
            started.append(threading.Thread(target=hold.wait))
            started[-1].start()
    except RuntimeError:
        print("RuntimeError")
    hold.set()
    """
    assert printed(lines) == "RuntimeError"


@as_root
def test_another_user_has_no_way_back(printed):
    lines = """
    lockdown.become(64999)
    print(os.getresuid(), os.getresgid(), os.getgroups(), outcome(lambda: os.setuid(0)))
    """
    assert printed(lines) == "(64999, 64999, 64999) (64999, 64999, 64999) [] EPERM"


def test_only_root_becomes_another(printed):
    lines = """
    lockdown.drop_capabilities()
    try:
        lockdown.become(64999)
    except OSError as error:
        print(error)
    """
    assert printed(lines) == "[Errno 1] become 64999: Operation not permitted"


def test_every_capability_is_dropped(printed):
    lines = "\n".join(status(f"Cap{name}:") for name in ("Inh", "Prm", "Eff", "Amb"))

    assert set(printed(f"lockdown.drop_capabilities()\n{lines}").split()) == {"0" * 16}


@as_root
def test_root_without_capabilities_reads_no_strangers_file(tmp_path, printed):
    secret = tmp_path / "secret"
    secret.write_text("42")
    os.chown(secret, 64998, 64998)
    secret.chmod(0o600)
    lines = f"lockdown.drop_capabilities()\nprint(outcome(lambda: open({str(secret)!r})))"

    assert printed(lines) == "EACCES"


def test_new_privileges_are_given_up(printed):
    assert printed(f"lockdown.no_new_privileges()\n{status('NoNewPrivs:')}") == "1"


def test_an_undumpable_process_says_so(printed):
    lines = "lockdown.undumpable()\nprint(syscalls.call('prctl', 3, 0, 0, 0, 0))"

    assert printed(lines) == "0"


def test_descriptors_are_closed_except_those_kept(printed):
    lines = """
    for number in (5, 7, 9, 300):
        os.dup2(0, number)
    lockdown.close_descriptors_except({0, 7, 9})
    def is_open(number):
        return outcome(lambda: os.fstat(number)) == "done"
    print([number for number in range(400) if is_open(number)])
    """
    assert printed(lines) == "[0, 1, 2, 7, 9]"


def test_a_child_ends_with_its_parent(child):
    """The grandchild holds our pipe; the run only ends when the kernel has ended it too."""
    lines = """
    import signal
    inward, outward = os.pipe()
    if os.fork() == 0:
        lockdown.die_with_parent()
        os.write(outward, b"ready")
        signal.pause()
    os.read(inward, 5)
    print("parent ends")
    """
    assert child(lines, timeout=30).stdout == "parent ends\n"


def test_a_parent_that_ended_before_is_noticed(printed):
    lines = "print(outcome(lambda: lockdown.die_with_parent(os.getpid())))"  # not one's own parent

    assert printed(lines) == "ESRCH"


def test_one_thread_is_one_thread(printed):
    assert printed("print(lockdown.single_threaded())") == "True"


def test_two_threads_are_noticed(printed):
    lines = """
    import threading
    hold = threading.Event()
    threading.Thread(target=hold.wait).start()
    print(lockdown.single_threaded())
    hold.set()
    """
    assert printed(lines) == "False"
