"""Profiles that let containers use io_uring."""

from collections.abc import Iterator

from hullmark.checks.declare_config import seccomp_check
from hullmark.checks.seccomp_examples import ENGINE, allowing, profile
from hullmark.checks.seccomp_file import Seccomp
from hullmark.model import Evidence, Severity

_CALLS = ("io_uring_setup", "io_uring_enter", "io_uring_register")


@seccomp_check(
    id="seccomp-allows-io-uring",
    title="Seccomp profile allows io_uring",
    severity=Severity.MEDIUM,
    bad=(
        allowing("io_uring_setup"),
        allowing("getpid", "io_uring_enter", action="SCMP_ACT_LOG"),
    ),
    good=(
        profile(),
        allowing("io_setup", "io_submit"),
        allowing("io_uring_setup", action="SCMP_ACT_ERRNO", errnoRet=38),
    ),
    remediation=(
        "Remove the calls from the rule; programs that could use them take epoll where they fail."
    ),
    references=(
        ENGINE,
        "https://security.googleblog.com/2023/06/learnings-from-kctf-vrps-42-linux.html",
    ),
)
def seccomp_allows_io_uring(profile: Seccomp) -> Iterator[Evidence]:
    """What is done through its rings, no seccomp profile sees: files are opened, connections made.

    Its faults were the way out of containers so often that engines took it out of their default
    profiles in 2023.
    """
    yield from profile.letting(_CALLS)
