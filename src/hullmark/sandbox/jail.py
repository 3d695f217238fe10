"""Give up the network, the file system and new processes, for good.

Landlock: https://docs.kernel.org/userspace-api/landlock.html
seccomp: https://docs.kernel.org/userspace-api/seccomp_filter.html
"""

import ctypes
import os
import resource
import signal
from collections.abc import Mapping, Sequence
from struct import pack

from msgspec import Struct

from hullmark.sandbox.syscalls import ALLOWED, AUDIT_ARCH, CLONE, CLONE3, FCNTL, LANDLOCK

NOBODY = 65534
PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38
PR_SET_SECCOMP = 22
SECCOMP_MODE_FILTER = 2
SECCOMP_RET_ALLOW = 0x7FFF0000
SECCOMP_RET_ERRNO = 0x00050000
SECCOMP_RET_KILL_PROCESS = 0x80000000
EPERM = 1
ENOSYS = 38
CLONE_THREAD = 0x00010000
F_DUPFD_CLOEXEC = 1030
LANDLOCK_FS_BITS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""Number of file-system rights by Landlock ABI; later ABIs keep 16."""
LANDLOCK_PATH_BENEATH = 1
LANDLOCK_READ = 1 << 2 | 1 << 3
"""To read files and folders; mapping a file that was read needs no right to run it."""
LANDLOCK_RUN = 1 << 0 | 1 << 2
"""To run a file and to read it."""
LANDLOCK_NET_ABI = 4
LANDLOCK_SCOPE_ABI = 6


class Limits(Struct, frozen=True, kw_only=True):
    """What a jailed process may use: file size in bytes, CPU in seconds, address space in bytes.

    The address space is counted from what the process was forked with.
    """

    memory_bytes: int
    file_bytes: int
    cpu_s: int


OF_PARSERS = Limits(memory_bytes=1024**3, file_bytes=64 * 1024**3, cpu_s=3600)
"""Address space for 64 MiB of held chunks, a file of the same size and its parsed form."""


def lock(limits: Limits, parent: int) -> str:
    """Jail the calling, still single-threaded process; descriptors already open stay usable.

    It dies with ``parent``, which must be the process that forked it.

    Answers what holds, e.g. ``landlock 6, seccomp, rlimits, nobody``: where the kernel allows
    less, a mechanism is missing from that list and named after ``without``.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    held, missing = ["rlimits"], []
    limit(limits)
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
        held.append("nobody")
    die_with(parent)  # which a change of user would undo
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        missing.append("no_new_privs")
    abi = _landlock(libc)
    (held if abi else missing).append(f"landlock {abi}" if abi else "landlock")
    (held if _seccomp(libc) else missing).append("seccomp")
    said = ", ".join(sorted(held))
    return f"{said}; without {', '.join(missing)}" if missing else said


def die_with(parent: int) -> None:
    """Have the kernel kill this process when its parent ends; end at once if that has happened."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def limit(limits: Limits) -> None:
    """Set what this process may use."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    memory_bytes = _address_space() + limits.memory_bytes
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.file_bytes, limits.file_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_s, limits.cpu_s))


def _address_space() -> int:
    """Bytes that this process has mapped; 0 where /proc does not say."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except FileNotFoundError:
        return 0


def _landlock(libc: ctypes.CDLL) -> int:
    """Deny every file-system and TCP right that the kernel knows; its ABI, or 0 without one."""
    return landlock(libc, ())


def landlock(libc: ctypes.CDLL, readable: Sequence[str], runs: str = "") -> int:
    """The same, but for reading what lies below some folders, and running one program."""
    create, add, restrict = LANDLOCK
    abi = int(libc.syscall(create, None, 0, 1))
    if abi < 1:
        return 0
    attributes = [(1 << LANDLOCK_FS_BITS.get(abi, 16)) - 1]
    if abi >= LANDLOCK_NET_ABI:
        attributes.append(0b11)
    if abi >= LANDLOCK_SCOPE_ABI:
        attributes.append(0b11)
    raw = pack(f"={len(attributes)}Q", *attributes)
    ruleset = int(libc.syscall(create, raw, len(raw), 0))
    if ruleset < 0:
        return 0
    rights = dict.fromkeys(readable, LANDLOCK_READ)
    if runs:
        rights[runs] = LANDLOCK_RUN
    for path, right in rights.items():
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        rule = pack("=Qi", right, descriptor)
        libc.syscall(add, ruleset, LANDLOCK_PATH_BENEATH, rule, 0)
        os.close(descriptor)
    answer = int(libc.syscall(restrict, ruleset, 0))
    os.close(ruleset)
    return abi if answer == 0 else 0


def _seccomp(libc: ctypes.CDLL) -> bool:
    """Install the filter of ``program``; false where this processor or kernel has none."""
    machine = os.uname().machine
    if machine not in AUDIT_ARCH:
        return False
    code = program(machine)
    text = ctypes.create_string_buffer(code, len(code))
    header = pack("=HxxxxxxQ", len(code) // 8, ctypes.addressof(text))
    return int(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, header, 0, 0)) == 0


def program(
    machine: str,
    calls: Sequence[int] = (),
    if_first: Mapping[int, int] | None = None,
    fcntl: Sequence[int] = (F_DUPFD_CLOEXEC,),
) -> bytes:
    """BPF code: listed system calls pass, threads may start, all else fails with EPERM.

    ``clone3`` hides its flags behind a pointer, so it is said not to exist: libc then uses
    ``clone``. ``fcntl`` passes only to duplicate a descriptor, as mmap of Python does. Of
    the stat family only ``fstat`` does: Landlock guards none of it, and a filter cannot see whether
    the path of ``newfstatat`` is empty, as it is when libc's fstat uses that.

    ``calls`` are listed instead of ``ALLOWED``; those of ``if_first`` pass where their first
    argument is this number, ``fcntl`` for these commands.
    """
    allow = pack("=HBBI", 0x06, 0, 0, SECCOMP_RET_ALLOW)
    deny = pack("=HBBI", 0x06, 0, 0, SECCOMP_RET_ERRNO | EPERM)
    absent = pack("=HBBI", 0x06, 0, 0, SECCOMP_RET_ERRNO | ENOSYS)
    kill = pack("=HBBI", 0x06, 0, 0, SECCOMP_RET_KILL_PROCESS)

    def load(offset: int) -> bytes:
        return pack("=HBBI", 0x20, 0, 0, offset)

    def unless_equal(value: int, skip: int) -> bytes:
        return pack("=HBBI", 0x15, 0, skip, value)

    def unless_bits(value: int, skip: int) -> bytes:
        return pack("=HBBI", 0x45, 0, skip, value)

    code = load(4) + pack("=HBBI", 0x15, 1, 0, AUDIT_ARCH[machine]) + kill + load(0)
    code += unless_equal(CLONE3[machine], 1) + absent
    code += unless_equal(CLONE[machine], 3) + load(16) + unless_bits(CLONE_THREAD, 1) + allow
    code += load(0)
    code += unless_equal(FCNTL[machine], 2 + 2 * len(fcntl)) + load(24)
    for command in fcntl:
        code += unless_equal(command, 1) + allow
    code += deny
    for number, first in (if_first or {}).items():
        code += unless_equal(number, 4) + load(16) + unless_equal(first, 1) + allow + deny
    for number in calls or ALLOWED[machine]:
        code += unless_equal(number, 1) + allow
    return code + deny
