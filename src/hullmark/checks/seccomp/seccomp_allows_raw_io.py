"""Profiles that let containers use ports."""

from collections.abc import Iterator

from hullmark.checks.declare_config import seccomp_check
from hullmark.checks.seccomp_examples import ENGINE, MANUAL, allowing, profile
from hullmark.checks.seccomp_file import Seccomp
from hullmark.model import Evidence, Severity

_CALLS = (
    "iopl",
    "ioperm",
)


@seccomp_check(
    id="seccomp-allows-raw-io",
    title="Seccomp profile allows to drive devices by their ports",
    severity=Severity.HIGH,
    bad=(
        allowing("iopl"),
        allowing("getpid", "ioperm", action="SCMP_ACT_LOG"),
    ),
    good=(
        profile(),
        allowing("iopl", includes={"caps": ["CAP_SYS_ADMIN"]}),
        allowing("iopl", action="SCMP_ACT_ERRNO"),
    ),
    remediation=(
        "Remove the calls from the rule, or make it hold where the capability that they need is "
        "given: includes.caps, which Docker, Podman and CRI-O read, and containerd does not."
    ),
    references=(ENGINE, MANUAL),
)
def seccomp_allows_raw_io(profile: Seccomp) -> Iterator[Evidence]:
    """Ports reach disks and other devices of the node past all files and rights."""
    yield from profile.letting(_CALLS)
