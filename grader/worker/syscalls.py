"""Calls of the Linux kernel: their numbers, which an item and a box may make, and how to make one.

What the table lacks, the filters refuse; what an architecture lacks ("-") is skipped. The numbers
are held against the kernel's own headers by a test.
"""

from __future__ import annotations

import ctypes
import errno
import os
from functools import cache

AUDIT_ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""What seccomp calls the two machines (linux/audit.h), by the kernel's own `uname -m`."""

NEWEST = 450
"""The highest number that was looked at; a box is refused all above it, as if it did not exist."""

# name, x86_64 (asm/unistd_64.h), aarch64 (asm-generic/unistd.h), and who may make it:
#   allowed   an item, whatever the arguments
#   opening   an item that has a view of the file system
#   argument  an item, for some arguments; `seccomp` says which
#   absent    nobody: its arguments are out of a filter's sight, and libraries fall back when it
#             seems not to exist
#   box       the box, which forks, limits, locks and kills items
#   refused   nobody
_TABLE = """
# memory
brk                        12  214  allowed
madvise                    28  233  allowed
mmap                        9  222  argument
mprotect                   10  226  allowed
mremap                     25  216  allowed
munmap                     11  215  allowed
# files
access                     21    -  opening
close                       3   57  allowed
dup                        32   23  allowed
dup2                       33    -  allowed
dup3                      292   24  allowed
faccessat                 269   48  opening
faccessat2                439  439  opening
fcntl                      72   25  argument
fstat                       5   80  allowed
getcwd                     79   17  allowed
getdents64                217   61  allowed
ioctl                      16   29  argument
lseek                       8   62  allowed
lstat                       6    -  opening
newfstatat                262   79  opening
open                        2    -  argument
openat                    257   56  argument
openat2                   437  437  absent
pread64                    17   67  allowed
read                        0   63  allowed
readlink                   89    -  opening
readlinkat                267   78  opening
readv                      19   65  allowed
stat                        4    -  opening
statx                     332  291  opening
write                       1   64  allowed
writev                     20   66  allowed
# threads, signals, clocks
clock_getres              229  114  allowed
clock_gettime             228  113  allowed
clock_nanosleep           230  115  allowed
clone                      56  220  argument
clone3                    435  435  absent
exit                       60   93  allowed
exit_group                231   94  allowed
futex                     202   98  allowed
getcpu                    309  168  allowed
gettimeofday               96  169  allowed
kill                       62  129  argument
nanosleep                  35  101  allowed
restart_syscall           219  128  allowed
rseq                      334  293  allowed
rt_sigaction               13  134  allowed
rt_sigprocmask             14  135  allowed
rt_sigreturn               15  139  allowed
sched_getaffinity         204  123  allowed
sched_yield                24  124  allowed
set_robust_list           273   99  allowed
sigaltstack               131  132  allowed
tgkill                    234  131  argument
time                      201    -  allowed
tkill                     200  130  argument
# about oneself
getegid                   108  177  allowed
geteuid                   107  175  allowed
getgid                    104  176  allowed
getpid                     39  172  allowed
getppid                   110  173  allowed
getrandom                 318  278  allowed
getrusage                  98  165  allowed
gettid                    186  178  allowed
getuid                    102  174  allowed
prctl                     157  167  argument
prlimit64                 302  261  argument
sysinfo                    99  179  allowed
times                     100  153  allowed
uname                      63  160  allowed
# of the lock-down itself
capset                    126   91  box
close_range               436  436  box
landlock_add_rule         445  445  box
landlock_create_ruleset   444  444  box
landlock_restrict_self    446  446  box
seccomp                   317  277  box
unshare                   272   97  refused
# only ever refused
accept                     43  202  refused
accept4                   288  242  refused
acct                      163   89  refused
add_key                   248  217  refused
adjtimex                  159  171  refused
bind                       49  200  refused
bpf                       321  280  refused
chroot                    161   51  refused
clock_adjtime             305  266  refused
clock_settime             227  112  refused
connect                    42  203  refused
delete_module             176  106  refused
execve                     59  221  refused
execveat                  322  281  refused
fanotify_init             300  262  refused
finit_module              313  273  refused
fork                       57    -  refused
fsconfig                  431  431  refused
fsmount                   432  432  refused
fsopen                    430  430  refused
fspick                    433  433  refused
init_module               175  105  refused
io_setup                  206    0  refused
io_uring_enter            426  426  refused
io_uring_register         427  427  refused
io_uring_setup            425  425  refused
ioperm                    173    -  refused
iopl                      172    -  refused
kcmp                      312  272  refused
kexec_file_load           320  294  refused
kexec_load                246  104  refused
keyctl                    250  219  refused
listen                     50  201  refused
lookup_dcookie            212   18  refused
mbind                     237  235  refused
memfd_create              319  279  refused
memfd_secret              447  447  refused
migrate_pages             256  238  refused
mknod                     133    -  refused
mknodat                   259   33  refused
modify_ldt                154    -  refused
mount                     165   40  refused
mount_setattr             442  442  refused
move_mount                429  429  refused
move_pages                279  239  refused
mq_open                   240  180  refused
msgget                     68  186  refused
name_to_handle_at         303  264  refused
open_by_handle_at         304  265  refused
open_tree                 428  428  refused
perf_event_open           298  241  refused
personality               135   92  refused
pidfd_getfd               438  438  refused
pidfd_open                434  434  refused
pidfd_send_signal         424  424  refused
pivot_root                155   41  refused
process_madvise           440  440  refused
process_mrelease          448  448  refused
process_vm_readv          310  270  refused
process_vm_writev         311  271  refused
ptrace                    101  117  refused
quotactl                  179   60  refused
quotactl_fd               443  443  refused
reboot                    169  142  refused
request_key               249  218  refused
semget                     64  190  refused
set_mempolicy             238  237  refused
set_mempolicy_home_node   450  450  refused
setdomainname             171  162  refused
sethostname               170  161  refused
setns                     308  268  refused
settimeofday              164  170  refused
shmat                      30  196  refused
shmget                     29  194  refused
socket                     41  198  refused
splice                    275   76  refused
swapoff                   168  225  refused
swapon                    167  224  refused
syslog                    103  116  refused
tee                       276   77  refused
umount2                   166   39  refused
userfaultfd               323  282  refused
vfork                      58    -  refused
vmsplice                  278   75  refused
"""
_ROWS = [line.split() for line in _TABLE.splitlines() if line and not line.startswith("#")]

NUMBERS = {
    machine: {row[0]: int(row[column]) for row in _ROWS if row[column] != "-"}
    for column, machine in enumerate(AUDIT_ARCHITECTURE, start=1)
}
"""Machine -> name -> number."""


def _marked(mark: str) -> tuple[str, ...]:
    return tuple(row[0] for row in _ROWS if row[3] == mark)


ALLOWED = _marked("allowed")
OPENING = _marked("opening")
ABSENT = _marked("absent")
REFUSED = _marked("refused")


def call(name: str, *arguments: int | bytes | None, step: str | None = None) -> int:
    """Make a system call by name.

    Args:
        name: a name of the table.
        arguments: ints go as 64-bit words, bytes as the address of a copy that the kernel reads
            during the call, None as the null pointer.
        step: what to call it in an error; the name itself otherwise.
    Returns: the kernel's result, never negative.
    Raises: OSError whose text begins with `step`.
    """
    step = step or name
    number = NUMBERS.get(os.uname().machine, {}).get(name)
    if number is None:
        raise OSError(errno.ENOSYS, f"{step}: {name} is not known on {os.uname().machine}")
    words = [ctypes.c_long(word) if isinstance(word, int) else word for word in arguments]
    result = int(_library().syscall(ctypes.c_long(number), *words))
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{step}: {os.strerror(code)}")
    return result


@cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(None, use_errno=True)
    library.syscall.restype = ctypes.c_long
    return library
