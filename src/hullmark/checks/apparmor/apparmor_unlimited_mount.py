"""Profiles that let everything be mounted."""

from collections.abc import Iterator

from hullmark.checks.apparmor_examples import GUIDE, MANUAL, ruled
from hullmark.checks.apparmor_file import AppArmor, Profile
from hullmark.checks.declare_config import apparmor_check
from hullmark.model import Evidence, Severity
from hullmark.model.later import regex

_types_of = regex(r"(?:fstype|vfstype)\s*(?:=|\bin\b)\s*(?:\([^)]*\)|\S+)").sub
_types = regex(r"(?:fstype|vfstype)\s*(?:=|\bin\b)\s*(\([^)]*\)|\S+)").findall
_options = regex(r"options?\s*(?:=|\bin\b)\s*(?:\([^)]*\)|\S+)").sub
_EVERYWHERE = ("/dev/sda1", "/proc/1/root", "/mnt/web/data")


@apparmor_check(
    id="apparmor-unlimited-mount",
    title="AppArmor profile allows mounts without limits",
    severity=Severity.HIGH,
    bad=(
        ruled("mount,"),
        ruled("mount options=(rw, bind),"),
        ruled("remount,"),
        ruled("mount fstype=* /** -> /{,**},"),
        ruled("mount options in (rw, bind) -> /**,"),
    ),
    good=(
        ruled(),
        ruled("deny mount,"),
        ruled("mount,", "deny mount,"),
        ruled("mount options=(rw, bind) /srv/** -> /**,"),
        ruled("mount fstype=(tmpfs, proc),"),
        ruled("mount fstype=tmpfs -> /run/web/,"),
    ),
    remediation="Name type, source and place of what is mounted: mount fstype=tmpfs -> /run/web/.",
    references=(MANUAL, GUIDE),
)
def apparmor_unlimited_mount(file: AppArmor) -> Iterator[Evidence]:
    """A mount of the disk or of /proc of the node undoes what all other rules keep apart."""
    for profile in file.profiles:
        for each in profile.of("mount", "remount"):
            if _is_unlimited(profile, each.rest):
                yield profile.tell("anything may be mounted", each)


def _is_unlimited(profile: Profile, rest: str) -> bool:
    """Whether types, sources and places of a rule are all that there are."""
    types = [each.strip("()") for found in _types(rest) for each in found.split(",")]
    if types and not any(profile.is_for(each.strip(), "ext4") for each in types):
        return False
    source, _, place = _options("", _types_of("", rest)).partition("->")
    named = [each.strip().strip('"') for each in (source, place)]
    return all(
        not glob or all(profile.is_for(glob, path) for path in _EVERYWHERE) for glob in named
    )
