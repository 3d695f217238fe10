"""Profiles that log or trace by default."""

from collections.abc import Iterator

from hullmark.checks.declare_config import seccomp_check
from hullmark.checks.seccomp_examples import ENGINE, SPEC, allowing, profile
from hullmark.checks.seccomp_file import LOG, Seccomp
from hullmark.model import Evidence, Severity

_WATCHING = (LOG, "SCMP_ACT_TRACE")


@seccomp_check(
    id="seccomp-default-only-watches",
    title="Seccomp profile only watches what it does not name",
    severity=Severity.MEDIUM,
    bad=(
        profile(defaultAction="SCMP_ACT_LOG"),
        profile(defaultAction="SCMP_ACT_TRACE"),
    ),
    good=(
        profile(),
        allowing("getpid", action="SCMP_ACT_LOG"),
    ),
    remediation=(
        "Collect the calls that the log shows, allow them, and make SCMP_ACT_ERRNO the default."
    ),
    references=(
        ENGINE,
        SPEC,
    ),
)
def seccomp_default_only_watches(profile: Seccomp) -> Iterator[Evidence]:
    """Such a profile is for finding out what a program needs: it keeps nobody from anything.

    SCMP_ACT_TRACE leaves each call to whoever traces the process; without one it fails.
    """
    if profile.default in _WATCHING:
        yield profile.tell("defaultAction", f"calls that no rule names get {profile.default}")
