"""Profiles that let containers load modules."""

from collections.abc import Iterator

from hullmark.checks.declare_config import seccomp_check
from hullmark.checks.seccomp_examples import ENGINE, MANUAL, allowing, profile
from hullmark.checks.seccomp_file import Seccomp
from hullmark.model import Evidence, Severity

_CALLS = (
    "init_module",
    "finit_module",
    "delete_module",
    "create_module",
)


@seccomp_check(
    id="seccomp-allows-kernel-modules",
    title="Seccomp profile allows to load kernel modules",
    severity=Severity.CRITICAL,
    bad=(
        allowing("init_module"),
        allowing("getpid", "create_module", action="SCMP_ACT_LOG"),
    ),
    good=(
        profile(),
        allowing("init_module", includes={"caps": ["CAP_SYS_ADMIN"]}),
        allowing("init_module", action="SCMP_ACT_ERRNO"),
    ),
    remediation=(
        "Remove the calls from the rule, or make it hold where the capability that they need is "
        "given: includes.caps, which Docker, Podman and CRI-O read, and containerd does not."
    ),
    references=(ENGINE, MANUAL),
)
def seccomp_allows_kernel_modules(profile: Seccomp) -> Iterator[Evidence]:
    """A module is code of the kernel: who loads one owns the node, whatever else confines it."""
    yield from profile.letting(_CALLS)
