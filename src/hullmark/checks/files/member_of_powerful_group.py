"""Accounts in groups that amount to root."""

from collections.abc import Iterator

from hullmark.checks.accounts import GROUP, GROUP_FIELDS, entries
from hullmark.checks.declare import file_check
from hullmark.checks.lines import shown
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

POWERFUL = frozenset(("root", "disk", "docker", "lxd", "incus-admin", "shadow", "kmem", "libvirt"))
"""Groups whose members read or write what is root's."""

OF_SYSTEM = frozenset(
    ("root", "adm", "bin", "daemon", "halt", "operator", "shutdown", "sync", "toor")
)
"""Accounts that distributions put into these groups themselves."""


def _bad() -> tuple[File, ...]:
    return (
        text(GROUP, "root:x:0:root,app", "app:x:1000:"),
        text(GROUP, "docker:x:999:ci"),
    )


def _good() -> tuple[File, ...]:
    return (text(GROUP, "root:x:0:root", "disk:x:6:root,adm", "audio:x:29:app"),)


@file_check(
    id="member-of-powerful-group",
    title="An account is in a group that amounts to root",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.MEDIUM,
    names=(GROUP,),
    bad=_bad,
    good=_good,
    remediation="Take the account out of the group, and give it the files that it needs.",
    references=("https://man7.org/linux/man-pages/man5/group.5.html",),
)
def member_of_powerful_group(file: File) -> Iterator[Evidence]:
    """Members of these groups read raw disks, hashes of passwords, or speak to a container engine.

    Any of that makes an intruder root within one more step.
    """
    for entry in entries(file, GROUP_FIELDS):
        gid = entry.fields[2]
        if entry.name not in POWERFUL and not (gid.isdecimal() and not gid.strip("0")):
            continue
        for member in entry.fields[3].split(","):
            name = member.strip()
            if name and name not in OF_SYSTEM:
                says = f"account {shown(name)} is in the group {shown(entry.name)}"
                yield Evidence(at=f"{entry.name}/{name}", says=says, line=entry.number)
