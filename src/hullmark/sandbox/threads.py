"""A jail for libraries that start threads of their own, and need to be loaded first.

What threads inherit is given up before there are any (``Door``), the rest is taken from all of them
at once (``shut``): seccomp(2) about ``SECCOMP_FILTER_FLAG_TSYNC``. In between files below some
folders can be read, afterwards no file can be opened.
"""

import ctypes
import os
from collections.abc import Sequence
from struct import pack

from hullmark.sandbox import jail
from hullmark.sandbox.jail import Limits
from hullmark.sandbox.syscalls import (
    ALLOWED,
    AUDIT_ARCH,
    CLONE,
    OF_RUNNERS,
    OF_THREADS,
    PRCTL,
    SECCOMP,
    TGKILL,
)

SET_MODE_FILTER = 1
FILTER_FLAG_TSYNC = 1
FCNTL_OF_RUNNERS = (jail.F_DUPFD_CLOEXEC, 1, 2, 3)
"""To read and set whether a descriptor outlives a program's start, and to read its mode."""

OWN_FOLDER = "/proc/self"
"""Where a process reads how much it has mapped."""


class Door:
    """A process that is about to load such a library; it dies with ``parent``.

    From now on it gets no new rights, can only read files below ``readable`` and run the program
    ``runs`` alone.
    """

    def __init__(self, parent: int, readable: Sequence[str], runs: str = "") -> None:
        self._parent = parent
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._held, self._missing = ["rlimits"], list[str]()
        jail.die_with(parent)
        if self._libc.prctl(jail.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
            self._missing.append("no_new_privs")
        abi = jail.landlock(self._libc, [*filter(os.path.isdir, (*readable, OWN_FOLDER))], runs)
        (self._held if abi else self._missing).append(f"landlock {abi}" if abi else "landlock")

    def shut(self, limits: Limits, *, is_runner: bool = False) -> str:
        """Give up all else in every thread there is; answers as ``jail.lock`` does.

        A runner can still start the one program, which lives in the same jail, and so open files
        below ``readable``.
        """
        jail.limit(limits)
        if os.geteuid() == 0:
            os.setgroups([])
            os.setresgid(jail.NOBODY, jail.NOBODY, jail.NOBODY)
            os.setresuid(jail.NOBODY, jail.NOBODY, jail.NOBODY)
            self._held.append("nobody")
        jail.die_with(self._parent)  # which a change of user would undo
        (self._held if self._seccomp(is_runner=is_runner) else self._missing).append("seccomp")
        said = ", ".join(sorted(self._held))
        return f"{said}; without {', '.join(self._missing)}" if self._missing else said

    def _seccomp(self, *, is_runner: bool) -> bool:
        machine = os.uname().machine
        if machine not in AUDIT_ARCH:
            return False
        calls = (*ALLOWED[machine], *OF_THREADS[machine])
        first = {TGKILL[machine]: os.getpid()}
        if is_runner:
            calls += (*OF_RUNNERS[machine], CLONE[machine])
            first[PRCTL[machine]] = jail.PR_SET_PDEATHSIG
        commands = FCNTL_OF_RUNNERS if is_runner else (jail.F_DUPFD_CLOEXEC,)
        code = jail.program(machine, calls, first, commands)
        text = ctypes.create_string_buffer(code, len(code))
        header = pack("=HxxxxxxQ", len(code) // 8, ctypes.addressof(text))
        flags = FILTER_FLAG_TSYNC
        return int(self._libc.syscall(SECCOMP[machine], SET_MODE_FILTER, flags, header)) == 0
