"""Profiles that let everything be mounted."""

from collections.abc import Iterator

from hullmark.checks.apparmor_examples import GUIDE, MANUAL, ruled
from hullmark.checks.apparmor_file import AppArmor
from hullmark.checks.declare_config import apparmor_check
from hullmark.model import Evidence, Severity


@apparmor_check(
    id="apparmor-unlimited-mount",
    title="AppArmor profile allows mounts without limits",
    severity=Severity.HIGH,
    bad=(
        ruled("mount,"),
        ruled("mount options=(rw, bind),"),
        ruled("remount,"),
    ),
    good=(
        ruled(),
        ruled("deny mount,"),
        ruled("mount fstype=tmpfs -> /run/web/,"),
    ),
    remediation="Name type, source and place of what is mounted: mount fstype=tmpfs -> /run/web/.",
    references=(MANUAL, GUIDE),
)
def apparmor_unlimited_mount(file: AppArmor) -> Iterator[Evidence]:
    """A mount of the disk or of /proc of the node undoes what all other rules keep apart."""
    for profile in file.profiles:
        for each in profile.of("mount", "remount"):
            if "/" not in each.rest and "fstype" not in each.rest:
                yield profile.tell("anything may be mounted", each)
