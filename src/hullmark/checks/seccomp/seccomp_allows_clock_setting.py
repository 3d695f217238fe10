"""Profiles that let containers set the clock."""

from collections.abc import Iterator

from hullmark.checks.declare_config import seccomp_check
from hullmark.checks.seccomp_examples import ENGINE, MANUAL, allowing, profile
from hullmark.checks.seccomp_file import Seccomp
from hullmark.model import Evidence, Severity

_CALLS = (
    "settimeofday",
    "clock_settime",
    "adjtimex",
    "clock_adjtime",
    "stime",
)


@seccomp_check(
    id="seccomp-allows-clock-setting",
    title="Seccomp profile allows to set the clock",
    severity=Severity.MEDIUM,
    bad=(
        allowing("settimeofday"),
        allowing("getpid", "stime", action="SCMP_ACT_LOG"),
    ),
    good=(
        profile(),
        allowing("settimeofday", includes={"caps": ["CAP_SYS_ADMIN"]}),
        allowing("settimeofday", action="SCMP_ACT_ERRNO"),
    ),
    remediation=(
        "Remove the calls from the rule, or make it hold where the capability that they need "
        "is given: includes.caps."
    ),
    references=(ENGINE, MANUAL),
)
def seccomp_allows_clock_setting(profile: Seccomp) -> Iterator[Evidence]:
    """The clock is that of the node: certificates and logs of all containers depend on it."""
    yield from profile.letting(_CALLS)
