"""Profiles that let containers set the clock."""

from collections.abc import Iterator

from hullmark.checks.declare_config import seccomp_check
from hullmark.checks.seccomp_examples import ENGINE, MANUAL, allowing, profile
from hullmark.checks.seccomp_file import Seccomp
from hullmark.model import Evidence, Severity

_CALLS = (
    "settimeofday",
    "clock_settime",
    "clock_settime64",
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
        allowing("adjtimex", "clock_adjtime"),
        allowing("settimeofday", includes={"caps": ["CAP_SYS_ADMIN"]}),
        allowing("settimeofday", action="SCMP_ACT_ERRNO"),
    ),
    remediation=(
        "Remove the calls from the rule, or make it hold where the capability that they need is "
        "given: includes.caps, which Docker, Podman and CRI-O read, and containerd does not."
    ),
    references=(ENGINE, MANUAL),
)
def seccomp_allows_clock_setting(profile: Seccomp) -> Iterator[Evidence]:
    """The clock is that of the node: certificates and logs of all containers depend on it.

    adjtimex and clock_adjtime also ask for the time, which engines allow; setting it by them takes
    the capability CAP_SYS_TIME.
    """
    yield from profile.letting(_CALLS)
