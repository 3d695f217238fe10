"""Profiles whose error is none."""

from collections.abc import Iterator

from hullmark.checks.declare_config import seccomp_check
from hullmark.checks.seccomp_examples import ENGINE, SPEC, allowing, profile
from hullmark.checks.seccomp_file import ERRNO, Seccomp
from hullmark.model import Evidence, Severity


@seccomp_check(
    id="seccomp-error-zero",
    title="Seccomp profile reports success for calls that are not made",
    severity=Severity.MEDIUM,
    bad=(
        profile(defaultErrnoRet=0),
        allowing("setuid", action="SCMP_ACT_ERRNO", errnoRet=0),
    ),
    good=(
        profile(),
        profile(defaultErrnoRet=None),
        profile(defaultAction="SCMP_ACT_KILL_PROCESS", defaultErrnoRet=0),
    ),
    remediation="Answer with an error: 1 (EPERM), or 38 (ENOSYS) where programs should fall back.",
    references=(
        ENGINE,
        SPEC,
    ),
)
def seccomp_error_zero(profile: Seccomp) -> Iterator[Evidence]:
    """A program that gives up its rights believes that it did, and goes on with all of them."""
    if profile.default == ERRNO and profile.body.number("defaultErrnoRet") == 0:
        yield profile.tell("defaultErrnoRet", "calls that no rule names seem to succeed")
    for each in profile.rules():
        if each.action == ERRNO and each.body.number("errnoRet") == 0:
            line = each.body.line_of("errnoRet")
            says = "calls that are not made seem to succeed"
            yield Evidence(at=f"{each.at}.errnoRet", says=says, line=line)
