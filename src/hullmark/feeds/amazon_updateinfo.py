"""Amazon Linux's advisories, as its repositories carry them (``updateinfo.xml``).

Format: https://docs.aws.amazon.com/linux/al2023/ug/security-advisories.html
"""

from collections.abc import Iterator
from re import compile as regex

from hullmark.model import FeedError, File
from hullmark.model.advisory import Advisory, Affected, Range
from hullmark.model.publication import elements, utc
from hullmark.model.xml import Element
from hullmark.unit import feed

MAX_SUMMARY_CHARS = 300

_id = regex(r"ALAS(2023|2022|2)?([A-Z][A-Z0-9._-]*?)?-[0-9]{4}-[0-9]{1,6}\Z").match
"""Release, and the topic of what is no part of its core: ``ALAS2PHP8.1-2023-002``.

Topics are of release 2 where no other is named (``ALASPHP8.1-2023-002``): 1 has none.
"""

_branch = regex(r"[A-Z]+-?([0-9][0-9.]*)\Z").match
_is_cve = regex(r"CVE-[0-9]{4}-[0-9]{4,19}\Z").match


@feed(
    id="amazon-updateinfo",
    version=2,
    addresses=(
        "https://cdn.amazonlinux.com/al2023/core/mirrors/latest/x86_64/mirror.list",
        "https://cdn.amazonlinux.com/2/core/latest/x86_64/mirror.list",
    ),
    example=File(
        path="core/updateinfo.xml",
        content=b"""<?xml version="1.0"?>
<updates><update type="security" status="final"><id>ALAS2023-2026-001</id>
 <title>Amazon Linux 2023 - ALAS2023-2026-001: Important priority package update for oak</title>
 <issued date="2026-02-03 04:05"/><updated date="2026-02-04 04:05"/>
 <severity>important</severity>
 <references><reference href="https://alas.example/CVE-2026-1000" id="CVE-2026-1000"
   type="cve"/></references>
 <pkglist><collection short="amazon-linux-2023"><name>Amazon Linux 2023</name>
  <package arch="x86_64" epoch="1" name="oak" version="1.2" release="3.amzn2023"/>
  <package arch="aarch64" epoch="1" name="oak" version="1.2" release="3.amzn2023"/>
 </collection></pkglist></update>
<update type="bugfix"><id>ALAS2023-2026-002</id></update></updates>""",
    ),
    expect=("ALAS2023-2026-001 Amazon Linux:2023 oak",),
)
def amazon_updateinfo(file: File) -> Iterator[Advisory]:
    """Every security advisory of Amazon Linux 1, 2, 2022 and 2023, on packages as installed.

    What it does not mend it does not tell. Its publisher is asked for the core of 2023 and 2; the
    ``updateinfo.xml`` of extras, of Amazon Linux 1 and of repositories for other processors can be
    brought from a folder. An extra of Amazon Linux 2 with a version in its name
    (``KERNEL-5.10``, ``PHP8.1``) says nothing of lower versions of packages that bear its number.
    """
    for update in elements(file, "updates", "update"):
        if update.attributes.get("type", "security") == "security":
            yield _advisory(update, file)


def _advisory(update: Element, file: File) -> Advisory:
    id = update.said("id")
    named = _id(id)
    if not named:
        raise FeedError(file.path, f"an update called {id[:100]!r}, which is none of Amazon's")
    topic = named[2] or ""
    release = named[1] or ("2" if topic else "1")
    branch = _branch(topic)
    references = list(update.every("references", "reference"))
    told = dict.fromkeys(each.attributes.get("id", "") for each in references)
    severity = update.said("severity").lower()
    return Advisory(
        id=id,
        modified=_time(update, "updated") or _time(update, "issued"),
        published=_time(update, "issued"),
        upstream=tuple(filter(_is_cve, told)),
        summary=update.said("title")[:MAX_SUMMARY_CHARS],
        severities=(("Amazon", severity),) if severity else (),
        affected=tuple(_affected(update, release, branch[1] if branch else "", file)),
        references=tuple(filter(None, (each.attributes.get("href") for each in references))),
    )


def _affected(update: Element, release: str, branch: str, file: File) -> Iterator[Affected]:
    fixes: dict[str, dict[tuple[str, str], None]] = {}
    for package in update.every("pkglist", "collection", "package"):
        name, epoch, version, build = (
            package.attributes.get(key, "") for key in ("name", "epoch", "version", "release")
        )
        epoch = epoch or "0"
        if not name or not version or not build or not epoch.isdecimal():
            raise FeedError(file.path, f"{update.said('id')} names a package without a version")
        start = f"{epoch}:{branch}" if branch and f"{version}.".startswith(f"{branch}.") else "0"
        fixes.setdefault(name, {})[start, f"{epoch}:{version}-{build}"] = None
    for name, pairs in sorted(fixes.items()):
        ranges = (
            Range("ECOSYSTEM", (("introduced", start), ("fixed", fixed))) for start, fixed in pairs
        )
        yield Affected(f"Amazon Linux:{release}", name, tuple(ranges))


def _time(update: Element, name: str) -> str:
    found = update.find(name)
    return utc(found.attributes.get("date", "")) if found else ""
