"""Profiles that let containers use keyrings."""

from collections.abc import Iterator

from hullmark.checks.declare_config import seccomp_check
from hullmark.checks.seccomp_examples import ENGINE, MANUAL, allowing, profile
from hullmark.checks.seccomp_file import Seccomp
from hullmark.model import Evidence, Severity

_CALLS = (
    "keyctl",
    "add_key",
    "request_key",
)


@seccomp_check(
    id="seccomp-allows-keyring",
    title="Seccomp profile allows the keyring of the kernel",
    severity=Severity.MEDIUM,
    bad=(
        allowing("keyctl"),
        allowing("getpid", "request_key", action="SCMP_ACT_LOG"),
    ),
    good=(
        profile(),
        allowing("keyctl", includes={"caps": ["CAP_SYS_ADMIN"]}),
        allowing("keyctl", action="SCMP_ACT_ERRNO"),
    ),
    remediation=(
        "Remove the calls from the rule, or make it hold where the capability that they need is "
        "given: includes.caps, which Docker, Podman and CRI-O read, and containerd does not."
    ),
    references=(ENGINE, MANUAL),
)
def seccomp_allows_keyring(profile: Seccomp) -> Iterator[Evidence]:
    """Keyrings know no containers: keys of other containers and of the node can be read."""
    yield from profile.letting(_CALLS)
