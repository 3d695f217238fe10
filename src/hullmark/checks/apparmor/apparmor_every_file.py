"""Profiles for which all files are the same."""

from collections.abc import Iterator

from hullmark.checks.apparmor_examples import GUIDE, MANUAL, ruled
from hullmark.checks.apparmor_file import AppArmor
from hullmark.checks.declare_config import apparmor_check
from hullmark.model import Evidence, Severity


@apparmor_check(
    id="apparmor-every-file",
    title="AppArmor profile allows every file",
    severity=Severity.LOW,
    bad=(
        ruled("file,"),
        ruled("/** rwk,"),
        ruled("allow rw /**,"),
        ruled("all,"),
        ruled("/{*,**} rw,"),
        ruled("/{,**} w,"),
        ruled("/[a-z]** a,"),
        ruled("@{FILES} rw,", before="@{FILES} = {/,/**}"),
        ruled('"/{,**}" RW,'),
        ruled("audit {", "/** rw,", "}"),
        ruled("deny /** w,", "priority=5 /** rw,"),
        ruled("/** rw,", "deny owner /** w,"),
    ),
    good=(
        ruled(),
        ruled("/** r,"),
        ruled("deny /** w,"),
        ruled("file r /etc/hosts,"),
        ruled("/*{,*}* rw,"),
        ruled("deny /** w,", "/** rw,"),
        ruled("priority=5 audit deny /** w,", "/** rw,"),
        ruled("owner {", "/** rw,", "}", "deny owner /** w,"),
        ruled('"/srv/my files/**" rw,'),
        ruled("@{FILES}/** rw,", before="@{FILES} = /srv /opt"),
    ),
    remediation="Name the folders that the program writes to.",
    references=(MANUAL, GUIDE),
)
def apparmor_every_file(file: AppArmor) -> Iterator[Evidence]:
    """Whoever breaks in writes wherever the user may: programs, libraries, shared folders.

    The default profiles of engines allow it, too: they are for every program.
    """
    for profile in file.profiles:
        for each in profile.of("file", "all"):
            if profile.writes_everywhere(each):
                yield profile.tell("every file may be written", each)
