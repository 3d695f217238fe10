"""Profiles in name only."""

from collections.abc import Iterator

from hullmark.checks.apparmor_examples import GUIDE, MANUAL, ruled
from hullmark.checks.apparmor_file import AppArmor
from hullmark.checks.declare_config import apparmor_check
from hullmark.model import Evidence, Severity

_FLAGS = frozenset(("default_allow", "unconfined"))


@apparmor_check(
    id="apparmor-unconfined-mode",
    title="AppArmor profile confines nothing",
    severity=Severity.HIGH,
    bad=(
        ruled(flags="unconfined"),
        ruled(flags="default_allow"),
        ruled("allow all,"),
    ),
    good=(
        ruled(),
        ruled(flags="mediate_deleted"),
        ruled("deny all,"),
    ),
    remediation="Remove the flag or the rule, and allow what the program needs.",
    references=(MANUAL, GUIDE),
)
def apparmor_unconfined_mode(file: AppArmor) -> Iterator[Evidence]:
    """The program seems to be confined, but everything is allowed that nobody thought to deny."""
    for profile in file.profiles:
        for each in sorted(profile.flags & _FLAGS):
            yield profile.tell(f"the profile has the flag {each}")
        for rule in profile.of("all"):
            yield profile.tell("everything is allowed that is not denied", rule)
