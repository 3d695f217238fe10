"""Profiles that list what is forbidden."""

from collections.abc import Iterator

from hullmark.checks.declare_config import seccomp_check
from hullmark.checks.seccomp_examples import ENGINE, SPEC, allowing, profile
from hullmark.checks.seccomp_file import ALLOW, Seccomp
from hullmark.model import Evidence, Severity


@seccomp_check(
    id="seccomp-default-allow",
    title="Seccomp profile allows whatever it does not name",
    severity=Severity.HIGH,
    bad=(
        profile(defaultAction="SCMP_ACT_ALLOW"),
        profile(defaultAction="SCMP_ACT_ALLOW", syscalls=[]),
    ),
    good=(
        profile(),
        allowing("getpid"),
    ),
    remediation="Make SCMP_ACT_ERRNO the default, and allow what the program needs.",
    references=(
        ENGINE,
        SPEC,
    ),
)
def seccomp_default_allow(profile: Seccomp) -> Iterator[Evidence]:
    """Every call that is not thought of is open, and so is each that a newer kernel adds."""
    if profile.default == ALLOW:
        yield profile.tell("defaultAction", "calls that no rule names are allowed")
