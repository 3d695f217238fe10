"""Profiles that let processes trace others."""

from collections.abc import Iterator

from hullmark.checks.declare_config import seccomp_check
from hullmark.checks.seccomp_examples import ENGINE, MANUAL, allowing, profile
from hullmark.checks.seccomp_file import Seccomp
from hullmark.model import Evidence, Severity

_CALLS = (
    "ptrace",
    "process_vm_readv",
    "process_vm_writev",
    "process_madvise",
    "pidfd_getfd",
)


@seccomp_check(
    id="seccomp-allows-tracing",
    title="Seccomp profile allows to read and write other processes",
    severity=Severity.MEDIUM,
    bad=(
        allowing("ptrace"),
        allowing("getpid", "pidfd_getfd", action="SCMP_ACT_LOG"),
        allowing("ptrace", includes={"minKernel": "4.7"}),
    ),
    good=(
        profile(),
        allowing("ptrace", includes={"caps": ["CAP_SYS_ADMIN"]}),
        allowing("ptrace", action="SCMP_ACT_ERRNO"),
        allowing("process_vm_readv", "ptrace", includes={"minKernel": "4.8"}),
    ),
    remediation="Remove the calls; a debugger belongs into a container of its own.",
    references=(ENGINE, MANUAL),
)
def seccomp_allows_tracing(profile: Seccomp) -> Iterator[Evidence]:
    """Whoever breaks into one process takes over the others, with the secrets in their memory.

    Before Linux 4.8 a tracer changes calls after seccomp has looked at them; from there on engines
    let containers trace their own processes.
    """
    yield from profile.letting(_CALLS, sound="4.8")
