"""Profiles with actions that nobody knows."""

from collections.abc import Iterator

from hullmark.checks.declare_config import seccomp_check
from hullmark.checks.seccomp_examples import MANUAL, SPEC, allowing, profile
from hullmark.checks.seccomp_file import ACTIONS, NOTIFY, Seccomp
from hullmark.model import Evidence, Severity


@seccomp_check(
    id="seccomp-unknown-action",
    title="Seccomp profile names an action that runtimes refuse",
    severity=Severity.MEDIUM,
    bad=(
        profile(defaultAction="SCMP_ACT_DENY"),
        profile(defaultAction="SCMP_ACT_NOTIFY"),
        allowing("getpid", action="ALLOW"),
    ),
    good=(
        profile(),
        allowing("getpid", action="SCMP_ACT_NOTIFY"),
    ),
    remediation="Use one of the actions of libseccomp, as SCMP_ACT_ERRNO or SCMP_ACT_ALLOW.",
    references=(
        SPEC,
        MANUAL,
    ),
)
def seccomp_unknown_action(profile: Seccomp) -> Iterator[Evidence]:
    """Runtimes refuse the profile: the container does not start, or runs without any.

    What is passed on to another process (SCMP_ACT_NOTIFY) is refused as the default, as the runtime
    itself would wait for that.
    """
    if profile.default not in ACTIONS - {NOTIFY}:
        yield profile.tell("defaultAction", "the default is no action that runtimes take")
    for each in profile.rules():
        if each.action not in ACTIONS:
            line = each.body.line_of("action")
            says = "the rule has no action that runtimes know"
            yield Evidence(at=f"{each.at}.action", says=says, line=line)
