"""Profiles that let containers start another kernel."""

from collections.abc import Iterator

from hullmark.checks.declare_config import seccomp_check
from hullmark.checks.seccomp_examples import ENGINE, MANUAL, allowing, profile
from hullmark.checks.seccomp_file import Seccomp
from hullmark.model import Evidence, Severity

_CALLS = (
    "kexec_load",
    "kexec_file_load",
    "reboot",
)


@seccomp_check(
    id="seccomp-allows-kexec",
    title="Seccomp profile allows to replace the kernel or restart the node",
    severity=Severity.HIGH,
    bad=(
        allowing("kexec_load"),
        allowing("getpid", "reboot", action="SCMP_ACT_LOG"),
    ),
    good=(
        profile(),
        allowing("kexec_load", includes={"caps": ["CAP_SYS_ADMIN"]}),
        allowing("kexec_load", action="SCMP_ACT_ERRNO"),
    ),
    remediation=(
        "Remove the calls from the rule, or make it hold where the capability that they need is "
        "given: includes.caps, which Docker, Podman and CRI-O read, and containerd does not."
    ),
    references=(ENGINE, MANUAL),
)
def seccomp_allows_kexec(profile: Seccomp) -> Iterator[Evidence]:
    """The kernel that is started is the container's, and a restart ends all on the node."""
    yield from profile.letting(_CALLS)
