"""Profiles that log what they would forbid."""

from collections.abc import Iterator

from hullmark.checks.apparmor_examples import GUIDE, MANUAL, ruled
from hullmark.checks.apparmor_file import AppArmor
from hullmark.checks.declare_config import apparmor_check
from hullmark.model import Evidence, Severity


@apparmor_check(
    id="apparmor-complain-mode",
    title="AppArmor profile only complains",
    severity=Severity.MEDIUM,
    bad=(
        ruled(flags="complain"),
        ruled(flags="attach_disconnected,complain"),
    ),
    good=(ruled(),),
    remediation="Remove the flag complain once the log shows nothing that the program needs.",
    references=(MANUAL, GUIDE),
)
def apparmor_complain_mode(file: AppArmor) -> Iterator[Evidence]:
    """It is for finding out what a program needs: what rules do not allow is done all the same."""
    for profile in file.profiles:
        if "complain" in profile.flags:
            yield profile.tell("the profile is in complain mode")
