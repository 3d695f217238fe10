"""Numbers of the system calls that a jailed worker needs, by machine.

Sources: arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h of Linux.
"""

AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
CLONE = {"x86_64": 56, "aarch64": 220}
CLONE3 = {"x86_64": 435, "aarch64": 435}
FCNTL = {"x86_64": 72, "aarch64": 25}
SECCOMP = {"x86_64": 317, "aarch64": 277}
PRCTL = {"x86_64": 157, "aarch64": 167}
TGKILL = {"x86_64": 234, "aarch64": 131}
LANDLOCK = (444, 445, 446)
"""create_ruleset, add_rule, restrict_self: the same everywhere."""

_CALLS = {
    # memory
    "brk": (12, 214),
    "mmap": (9, 222),
    "munmap": (11, 215),
    "mremap": (25, 216),
    "mprotect": (10, 226),
    "madvise": (28, 233),
    # open descriptors
    "read": (0, 63),
    "write": (1, 64),
    "readv": (19, 65),
    "writev": (20, 66),
    "pread64": (17, 67),
    "preadv2": (327, 286),
    "pwrite64": (18, 68),
    "lseek": (8, 62),
    "fstat": (5, 80),
    "close": (3, 57),
    "ftruncate": (77, 46),
    "sendto": (44, 206),
    "sendmsg": (46, 211),
    "recvfrom": (45, 207),
    "recvmsg": (47, 212),
    "ppoll": (271, 73),
    "poll": (7, None),
    # threads and signals
    "futex": (202, 98),
    "sched_yield": (24, 124),
    "set_robust_list": (273, 99),
    "rseq": (334, 293),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132),
    "setitimer": (38, 103),
    "restart_syscall": (219, 128),
    "getpid": (39, 172),
    "gettid": (186, 178),
    "exit": (60, 93),
    "exit_group": (231, 94),
    # time and entropy
    "clock_gettime": (228, 113),
    "clock_nanosleep": (230, 115),
    "nanosleep": (35, 101),
    "gettimeofday": (96, 169),
    "getrandom": (318, 278),
    "getrusage": (98, 165),
}

_CALLS_OF_THREADS = {
    "sched_getaffinity": (204, 123),
    "epoll_create1": (291, 20),
    "epoll_ctl": (233, 21),
    "epoll_pwait": (281, 22),
    "eventfd2": (290, 19),
    "pipe2": (293, 59),
}
"""What runtimes with a scheduler of their own need beside them; these descriptors lead nowhere."""

OF_THREADS = {
    "x86_64": tuple(pair[0] for pair in _CALLS_OF_THREADS.values()),
    "aarch64": tuple(pair[1] for pair in _CALLS_OF_THREADS.values()),
}

_CALLS_OF_RUNNERS = {
    "execve": (59, 221),
    "wait4": (61, 260),
    "waitid": (247, 95),
    "dup2": (33, None),
    "dup3": (292, 24),
    "memfd_create": (319, 279),
    "openat": (257, 56),
    "newfstatat": (262, 79),
    "readlinkat": (267, 78),
    "readlink": (89, None),
    "getdents64": (217, 61),
    "faccessat": (269, 48),
    "getcwd": (79, 17),
    "arch_prctl": (158, None),
    "set_tid_address": (218, 96),
    "prlimit64": (302, 261),
    "uname": (63, 160),
    "sysinfo": (99, 179),
    "getppid": (110, 173),
    "getuid": (102, 174),
    "geteuid": (107, 175),
    "getgid": (104, 176),
    "getegid": (108, 177),
}
"""What it takes to start a program of Go, and for that to read a file."""

OF_RUNNERS = {
    "x86_64": tuple(pair[0] for pair in _CALLS_OF_RUNNERS.values()),
    "aarch64": tuple(pair[1] for pair in _CALLS_OF_RUNNERS.values() if pair[1] is not None),
}

ALLOWED = {
    "x86_64": tuple(pair[0] for pair in _CALLS.values()),
    "aarch64": tuple(pair[1] for pair in _CALLS.values() if pair[1] is not None),
}
