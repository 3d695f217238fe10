"""System calls by what they are for, of which a profile allows those groups that are needed.

Names are those of the kernel's tables (``arch/x86/entry/syscalls/syscall_64.tbl``,
``scripts/syscall.tbl``); one that an architecture lacks is passed over by libseccomp. What each
does: https://man7.org/linux/man-pages/man2/syscalls.2.html. Everything here is among what container
runtimes allow by default (https://docs.docker.com/engine/security/seccomp/); profiles were tried
on programs in ten languages (docs/proposals.md).
"""

from msgspec import Struct


class Group(Struct, frozen=True, kw_only=True):
    """System calls that come together: ``why`` says what for."""

    id: str
    why: str
    names: tuple[str, ...]


def _group(id: str, why: str, names: str) -> Group:
    return Group(id=id, why=why, names=tuple(names.split()))


START = _group(
    "start",
    "loading a program, static or dynamic, and ending it",
    """execve execveat brk arch_prctl set_tid_address set_robust_list get_robust_list rseq
    set_thread_area get_thread_area exit exit_group uname getrandom prlimit64 getrlimit setrlimit
    ugetrlimit restart_syscall sysinfo set_tls cacheflush riscv_hwprobe riscv_flush_icache""",
)
RUNTIME = _group(
    "runtime",
    "what runc and crun do between putting the profile in place and starting the program",
    """capget capset prctl setuid setgid setgroups setresuid setresgid setuid32 setgid32
    setgroups32 chdir fchdir close_range fstatfs seccomp setsid""",
)
MEMORY = _group(
    "memory",
    "memory of the program itself",
    """mmap mmap2 munmap mprotect mremap madvise mincore msync mlock mlock2 munlock membarrier
    memfd_create pkey_alloc pkey_free pkey_mprotect""",
)
FILES = _group(
    "files",
    "reading and writing files as far as rights let it",
    """read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 open openat openat2
    creat close stat stat64 fstat fstat64 lstat lstat64 newfstatat fstatat64 statx statfs statfs64
    fstatfs64 lseek _llseek access faccessat faccessat2 readlink readlinkat getdents getdents64
    getcwd fcntl fcntl64 flock dup dup2 dup3 ioctl ftruncate ftruncate64 truncate truncate64
    fallocate fadvise64 fadvise64_64 arm_fadvise64_64 readahead fsync fdatasync sync_file_range
    rename renameat renameat2 unlink unlinkat mkdir mkdirat rmdir link linkat symlink symlinkat
    chmod fchmod fchmodat fchmodat2 umask utime utimes utimensat futimesat sendfile sendfile64
    copy_file_range splice tee getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr""",
)
WAITING = _group(
    "waiting",
    "waiting for many files and events at once, and pipes",
    """poll ppoll ppoll_time64 select _newselect pselect6 pselect6_time64 epoll_create epoll_create1
    epoll_ctl epoll_wait epoll_pwait epoll_pwait2 eventfd eventfd2 pipe pipe2 signalfd signalfd4
    timerfd_create timerfd_settime timerfd_gettime timerfd_settime64 timerfd_gettime64""",
)
TIME = _group(
    "time",
    "clocks and timers",
    """clock_gettime clock_gettime64 clock_getres clock_getres_time64 clock_nanosleep
    clock_nanosleep_time64 nanosleep gettimeofday time times alarm getitimer setitimer timer_create
    timer_settime timer_settime64 timer_gettime timer_gettime64 timer_getoverrun timer_delete""",
)
SIGNALS = _group(
    "signals",
    "signals to itself and its own",
    """rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigsuspend rt_sigtimedwait
    rt_sigtimedwait_time64 rt_sigqueueinfo rt_tgsigqueueinfo sigaltstack sigreturn kill tkill
    tgkill pause""",
)
IDENTITY = _group(
    "identity",
    "asking who it is",
    """getpid getppid gettid getuid getuid32 geteuid geteuid32 getgid getgid32 getegid getegid32
    getresuid getresuid32 getresgid getresgid32 getgroups getgroups32 getpgid getpgrp getsid
    getpriority getrusage getcpu""",
)
THREADS = _group(
    "threads",
    "threads and what they wait on",
    """futex futex_time64 futex_waitv sched_yield sched_getaffinity sched_setaffinity
    sched_getparam sched_getscheduler sched_get_priority_max sched_get_priority_min""",
)
PROCESSES = _group(
    "processes",
    "starting other programs and waiting for them",
    """fork vfork wait4 waitid waitpid setpgid pidfd_open pidfd_send_signal""",
)
CLIENT = _group(
    "client",
    "connections to others, and names looked up; libraries bind for both",
    """connect bind getsockname getpeername getsockopt setsockopt shutdown socketpair send sendto
    sendmsg sendmmsg recv recvfrom recvmsg recvmmsg recvmmsg_time64""",
)
LISTENER = _group("listener", "taking connections", "listen accept accept4")
OWNERS = _group(
    "owners",
    "giving files to another user, and becoming one",
    """chown fchown lchown fchownat chown32 fchown32 lchown32 setreuid setregid setfsuid setfsgid
    setreuid32 setregid32 setresuid32 setresgid32 setfsuid32 setfsgid32""",
)
WATCHING = _group(
    "watching",
    "hearing of changes to files",
    "inotify_init inotify_init1 inotify_add_watch inotify_rm_watch",
)
SHARED = _group(
    "shared-memory",
    "memory and semaphores of System V, by which processes of one server work together",
    "shmget shmat shmdt shmctl semget semop semctl semtimedop semtimedop_time64 ipc",
)
ASYNC = _group(
    "asynchronous-files",
    "the older interface for files that are read while something else is done",
    "io_setup io_destroy io_submit io_cancel io_getevents io_pgetevents io_pgetevents_time64",
)
PRIORITY = _group(
    "priority",
    "weights among its own threads",
    """setpriority sched_setscheduler sched_setparam sched_getattr sched_setattr ioprio_get
    ioprio_set""",
)
ATTRIBUTES = _group(
    "attributes",
    "writing extended attributes and flushing whole file systems",
    "setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr sync syncfs",
)

ALWAYS = (START, RUNTIME, MEMORY, FILES, WAITING, TIME, SIGNALS, IDENTITY, THREADS)
"""Groups that every program gets, whatever is known of it."""

OPTIONAL = (*(PROCESSES, CLIENT, LISTENER, OWNERS, WATCHING, SHARED, ASYNC, PRIORITY, ATTRIBUTES),)
"""Groups that something has to ask for."""

FAMILIES = {"unix": 1, "inet": 2, "inet6": 10, "netlink": 16}
"""Numbers of address families (``socket.h``) that sockets of plain programs have; netlink is how
C libraries learn of interfaces and routes."""

NEW_NAMESPACES = 0x7E020000
"""Flags of clone(2) that make namespaces: ``CLONE_NEWNS``, ``NEWCGROUP``, ``NEWUTS``, ``NEWIPC``,
``NEWUSER``, ``NEWPID``, ``NEWNET`` (``linux/sched.h``)."""

PERSONALITIES = (0x0, 0x8, 0x20000, 0x20008, 0xFFFFFFFF)
"""Of personality(2): Linux, 32 bits, a changed name of the kernel, and the question alone."""

FILE_KIND, PIPE = 0o170000, 0o010000
"""Of mknod(2): the bits of a mode that say what a file is, and those of a pipe (``stat.h``)."""

ENOSYS = 38
"""What libraries take for a kernel without the call, so that they do it another way."""

NEVER = _group(
    "never",
    "the kernel's ways out, and what attacks on it began with",
    """acct add_key bpf clock_adjtime clock_settime create_module delete_module fanotify_init
    fanotify_mark finit_module fsconfig fsmount fsopen fspick init_module io_uring_enter
    io_uring_register io_uring_setup ioperm iopl kcmp kexec_file_load kexec_load keyctl
    lookup_dcookie mount mount_setattr move_mount move_pages name_to_handle_at nfsservctl open_tree
    open_by_handle_at perf_event_open pidfd_getfd pivot_root process_vm_readv process_vm_writev
    ptrace quotactl reboot request_key setdomainname sethostname setns settimeofday stime swapoff
    swapon syslog umount umount2 unshare uselib userfaultfd vhangup vmsplice""",
)
"""No other group may hold these."""
