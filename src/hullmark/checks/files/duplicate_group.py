"""Groups that share a name or a gid."""

from collections.abc import Iterator

from hullmark.checks.accounts import GROUP, GROUP_FIELDS, entries
from hullmark.checks.declare import file_check
from hullmark.checks.lines import shown
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


def _bad() -> tuple[File, ...]:
    return (
        text(GROUP, "root:x:0:", "wheels:x:0:"),
        text(GROUP, "app:x:1000:", "app:x:1001:"),
    )


def _good() -> tuple[File, ...]:
    return (text(GROUP, "root:x:0:", "app:x:1000:", "web:x:1001:app"),)


@file_check(
    id="duplicate-group",
    title="Two groups share a name or a gid",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.LOW,
    names=(GROUP,),
    bad=_bad,
    good=_good,
    remediation="Give every group a name and a gid of its own.",
    references=("https://man7.org/linux/man-pages/man8/grpck.8.html",),
)
def duplicate_group(file: File) -> Iterator[Evidence]:
    """The kernel knows gids alone: the members of groups that share one have the same rights."""
    names: set[str] = set()
    gids: dict[str, str] = {}
    for entry in entries(file, GROUP_FIELDS):
        gid = entry.fields[2]
        if entry.name in names:
            says = f"group {shown(entry.name)} is there twice"
            yield Evidence(at=entry.name, says=says, line=entry.number)
        elif gid and gid in gids:
            says = f"groups {shown(gids[gid])} and {shown(entry.name)} share gid {shown(gid)}"
            yield Evidence(at=entry.name, says=says, line=entry.number)
        names.add(entry.name)
        gids.setdefault(gid, entry.name)
