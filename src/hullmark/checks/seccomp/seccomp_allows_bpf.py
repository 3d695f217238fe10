"""Profiles that let containers use bpf."""

from collections.abc import Iterator

from hullmark.checks.declare_config import seccomp_check
from hullmark.checks.seccomp_examples import ENGINE, MANUAL, allowing, profile
from hullmark.checks.seccomp_file import Seccomp
from hullmark.model import Evidence, Severity

_CALLS = (
    "bpf",
    "perf_event_open",
    "userfaultfd",
)


@seccomp_check(
    id="seccomp-allows-bpf",
    title="Seccomp profile allows programs in the kernel",
    severity=Severity.HIGH,
    bad=(
        allowing("bpf"),
        allowing("getpid", "userfaultfd", action="SCMP_ACT_LOG"),
    ),
    good=(
        profile(),
        allowing("bpf", includes={"caps": ["CAP_SYS_ADMIN"]}),
        allowing("bpf", action="SCMP_ACT_ERRNO"),
    ),
    remediation=(
        "Remove the calls from the rule, or make it hold where the capability that they need is "
        "given: includes.caps, which Docker, Podman and CRI-O read, and containerd does not."
    ),
    references=(ENGINE, MANUAL),
)
def seccomp_allows_bpf(profile: Seccomp) -> Iterator[Evidence]:
    """Faults of these calls were the way out of containers again and again.

    Programs of eBPF and counters see what other processes do; page faults that a program handles
    itself make exploits of races reliable.
    """
    yield from profile.letting(_CALLS)
