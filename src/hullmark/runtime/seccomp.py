"""A profile of seccomp as container runtimes read it.

Format: https://github.com/opencontainers/runtime-spec/blob/main/config-linux.md#seccomp, which
Docker, Podman, containerd and CRI-O read alike.
"""

from collections.abc import Iterator

from hullmark.runtime import syscalls as calls
from hullmark.runtime.needs import Needs
from hullmark.runtime.subject import Subject

ALLOW, ERRNO = "SCMP_ACT_ALLOW", "SCMP_ACT_ERRNO"

ARCHITECTURES = {
    "amd64": "SCMP_ARCH_X86_64",
    "arm64": "SCMP_ARCH_AARCH64",
    "386": "SCMP_ARCH_X86",
    "arm": "SCMP_ARCH_ARM",
    "ppc64le": "SCMP_ARCH_PPC64LE",
    "riscv64": "SCMP_ARCH_RISCV64",
    "s390x": "SCMP_ARCH_S390X",
}
"""Architectures as images name them. Programs of 32 bits on one of 64 are refused."""

COMMON = ("amd64", "arm64")
"""What is meant where nobody says which."""

WITH_SOCKETCALL = ("386", "s390x")
"""Architectures whose C library makes sockets by socketcall(2), which shows no family."""


def seccomp(subject: Subject, needs: Needs) -> dict[str, object]:
    """The profile: what is not allowed answers that there is no such call."""
    named = [subject.architecture] if subject.architecture in ARCHITECTURES else [*COMMON]
    return {
        "defaultAction": ERRNO,
        "defaultErrnoRet": calls.ENOSYS,
        "architectures": [ARCHITECTURES[each] for each in named],
        "syscalls": [
            {"names": [*needs.names], "action": ALLOW},
            *_sockets(needs.families, subject.architecture),
            *_processes(),
            *_pipes(),
        ],
    }


def _sockets(families: tuple[str, ...], architecture: str) -> Iterator[dict[str, object]]:
    """Sockets of these families alone."""
    for each in families:
        yield _with("socket", 0, calls.FAMILIES[each])
    if architecture in WITH_SOCKETCALL:
        yield {"names": ["socketcall"], "action": ALLOW}


def _processes() -> Iterator[dict[str, object]]:
    """Threads and processes without namespaces of their own; plain personalities.

    clone3(2) hides its flags from filters: it answers that there is none, and libraries take clone.
    """
    yield _with("clone", 0, calls.NEW_NAMESPACES, 0, op="SCMP_CMP_MASKED_EQ")
    yield {"names": ["clone3"], "action": ERRNO, "errnoRet": calls.ENOSYS}
    yield from (_with("personality", 0, each) for each in calls.PERSONALITIES)


def _pipes() -> Iterator[dict[str, object]]:
    """Pipes with a name, which mkfifo(3) makes, and no devices."""
    for name, index in (("mknod", 1), ("mknodat", 2)):
        yield _with(name, index, calls.FILE_KIND, calls.PIPE, op="SCMP_CMP_MASKED_EQ")


def _with(
    name: str, index: int, value: int, second: int = 0, op: str = "SCMP_CMP_EQ"
) -> dict[str, object]:
    """A call that is allowed with an argument of such a value."""
    argument = {"index": index, "value": value, "valueTwo": second, "op": op}
    return {"names": [name], "action": ALLOW, "args": [argument]}
