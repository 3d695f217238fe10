"""Profiles that confine as long as one likes."""

from collections.abc import Iterator

from hullmark.checks.apparmor_examples import GUIDE, MANUAL, ruled
from hullmark.checks.apparmor_file import AppArmor
from hullmark.checks.declare_config import apparmor_check
from hullmark.model import Evidence, Severity


@apparmor_check(
    id="apparmor-change-to-any-profile",
    title="AppArmor profile may be left for any other",
    severity=Severity.HIGH,
    bad=(
        ruled("change_profile,"),
        ruled("change_profile -> **,"),
        ruled("change_profile /bin/* -> unconfined,"),
        ruled("change_profile -> {web,un*},"),
        ruled('change_profile -> "unconfined",'),
    ),
    good=(
        ruled(),
        ruled("change_profile -> web//worker,"),
        ruled("deny change_profile,"),
        ruled("change_profile,", "deny change_profile,"),
    ),
    remediation="Name the profile to change to: change_profile -> web//worker.",
    references=(MANUAL, GUIDE),
)
def apparmor_change_to_any_profile(file: AppArmor) -> Iterator[Evidence]:
    """The program chooses its own rules, none among them."""
    for profile in file.profiles:
        for each in profile.of("change_profile"):
            if not each.peer or profile.is_for(each.peer, "unconfined"):
                yield profile.tell("the program may change to a profile of its choice", each)
