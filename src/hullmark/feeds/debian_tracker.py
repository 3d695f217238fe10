"""Debian's security tracker: what is known of each source package in each release.

Format: https://security-tracker.debian.org/tracker/data/json, as
https://security-team.debian.org/security_tracker.html explains its words
"""

from collections.abc import Iterator
from re import compile as regex
from typing import Annotated

from msgspec import Meta, Struct

from hullmark.model import FeedError, File
from hullmark.model.advisory import Advisory, Affected, Range
from hullmark.model.publication import decoded
from hullmark.unit import feed

RELEASES = {
    "wheezy": "7",
    "jessie": "8",
    "stretch": "9",
    "buster": "10",
    "bullseye": "11",
    "bookworm": "12",
    "trixie": "13",
    "forky": "14",
    "duke": "15",
}
"""Numbers by code names; unstable (sid) has none, and its packages are not told apart."""

NOT_AFFECTED = "0"
"""The fixed version of what was never there."""

MAX_SUMMARY_CHARS = 300

_OPEN = ("open", "undetermined")
_END_OF_LIFE = "end-of-life"
_is_id = regex(r"(?:CVE|TEMP)-[0-9]+-[0-9A-F]+\Z").match

Text = Annotated[str, Meta(max_length=1024)]
Prose = Annotated[str, Meta(max_length=65536)]


class _Release(Struct):
    status: Text
    fixed_version: Text = ""
    urgency: Text = ""
    nodsa: Prose | None = None
    nodsa_reason: Text | None = None


class _Issue(Struct):
    releases: dict[Text, _Release]
    description: Prose = ""


Source = Annotated[str, Meta(min_length=1, max_length=256)]


@feed(
    id="debian-tracker",
    addresses=("https://security-tracker.debian.org/tracker/data/json",),
    example=File(
        path="tracker/data/json",
        content=b"""{"oak": {"CVE-2026-1000": {"description": "oak falls", "releases": {
            "bookworm": {"status": "resolved", "fixed_version": "1.2-3", "urgency": "medium"},
            "trixie": {"status": "resolved", "fixed_version": "0", "urgency": "unimportant"},
            "bullseye": {"status": "open", "urgency": "low**", "nodsa": "Minor issue",
                         "nodsa_reason": "ignored"},
            "sid": {"status": "open", "urgency": "not yet assigned"}}}}}""",
    ),
    expect=(
        "DEBIAN-CVE-2026-1000:tracker Debian:11 oak",
        "DEBIAN-CVE-2026-1000:tracker Debian:12 oak",
    ),
)
def debian_tracker(file: File) -> Iterator[Advisory]:
    """Every vulnerability of the releases that have a number, with what has no fix.

    An open one is ``will-not-fix`` where Debian ignores it, ``end-of-life`` where support has
    ended, ``under-investigation`` while it is undetermined, else ``unfixed``: also what gets no
    advisory of its own or was postponed, since a point release may mend it.
    """
    found = decoded(file, dict[Source, dict[Text, _Issue]])
    by_id: dict[str, list[tuple[str, _Issue]]] = {}
    for source, issues in found.items():
        for id, issue in issues.items():
            if not _is_id(id):
                raise FeedError(file.path, f"{source} has an issue called {id[:100]!r}")
            by_id.setdefault(id, []).append((source, issue))
    for id, told in sorted(by_id.items()):
        affected = tuple(each for source, issue in told for each in _affected(source, issue, file))
        if affected:
            yield Advisory(
                id=f"DEBIAN-{id}:tracker",
                modified="",
                upstream=(id,),
                summary=" ".join(told[0][1].description.split())[:MAX_SUMMARY_CHARS],
                affected=affected,
                references=(f"https://security-tracker.debian.org/tracker/{id}",),
            )


def _affected(source: str, issue: _Issue, file: File) -> Iterator[Affected]:
    for codename, number in RELEASES.items():
        release = issue.releases.get(codename)
        if release is None:
            continue
        events: tuple[tuple[str, str], ...] = (("introduced", "0"),)
        if release.status == "resolved":
            if release.fixed_version == NOT_AFFECTED:
                continue
            if not release.fixed_version:
                raise FeedError(file.path, f"{source} is resolved in {codename} by no version")
            events += (("fixed", release.fixed_version),)
        elif release.status not in _OPEN:
            raise FeedError(file.path, f"{source} has status {release.status[:100]!r}")
        urgency = release.urgency.rstrip("*")
        yield Affected(
            ecosystem=f"Debian:{number}",
            name=source,
            ranges=(Range("ECOSYSTEM", events),),
            status=_status(release, urgency),
            urgency="" if urgency in (_END_OF_LIFE, "not yet assigned") else urgency,
        )


def _status(release: _Release, urgency: str) -> str:
    if release.status == "resolved":
        return ""
    if urgency == _END_OF_LIFE:
        return _END_OF_LIFE
    if release.status == "undetermined":
        return "under-investigation"
    return "will-not-fix" if release.nodsa_reason == "ignored" else "unfixed"
