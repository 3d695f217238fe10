"""Profiles that end one thread of a program."""

from collections.abc import Iterator

from hullmark.checks.declare_config import seccomp_check
from hullmark.checks.seccomp_examples import MANUAL, SPEC, allowing, profile
from hullmark.checks.seccomp_file import Seccomp
from hullmark.model import Evidence, Severity

_KILLING = ("SCMP_ACT_KILL", "SCMP_ACT_KILL_THREAD")


@seccomp_check(
    id="seccomp-kills-one-thread",
    title="Seccomp profile kills the thread and leaves the process",
    severity=Severity.LOW,
    bad=(
        profile(defaultAction="SCMP_ACT_KILL"),
        allowing("bpf", action="SCMP_ACT_KILL_THREAD"),
    ),
    good=(
        profile(),
        profile(defaultAction="SCMP_ACT_KILL_PROCESS"),
    ),
    remediation="Write SCMP_ACT_KILL_PROCESS, or SCMP_ACT_ERRNO where the program should go on.",
    references=(
        SPEC,
        MANUAL,
    ),
)
def seccomp_kills_one_thread(profile: Seccomp) -> Iterator[Evidence]:
    """The rest of the program runs on in a state that nobody tested, and may be tried again.

    SCMP_ACT_KILL is an old name of SCMP_ACT_KILL_THREAD.
    """
    if profile.default in _KILLING:
        yield profile.tell("defaultAction", f"calls that no rule names get {profile.default}")
    for each in profile.rules():
        if each.action in _KILLING:
            line = each.body.line_of("action")
            yield Evidence(at=f"{each.at}.action", says=f"the rule is {each.action}", line=line)
