"""Alpine's database of security fixes, which Wolfi and Chainguard have too.

Format: https://secdb.alpinelinux.org/, https://packages.wolfi.dev/os/security.json
"""

from collections.abc import Iterator, Mapping
from re import compile as regex
from typing import Annotated

from msgspec import Meta, Struct

from hullmark.model import FeedError, File
from hullmark.model.advisory import Advisory, Affected, Range
from hullmark.model.publication import decoded
from hullmark.unit import feed

RELEASES = tuple(f"v3.{number}" for number in range(10, 24))
REPOSITORIES = ("main", "community")
NOT_AFFECTED = "0"
"""The version that fixes what was never there."""

_ROLLING = {
    "https://packages.wolfi.dev": ("Wolfi", "WOLFI"),
    "https://packages.cgr.dev": ("Chainguard", "CHAINGUARD"),
}
_is_release = regex(r"(?:v[0-9]+\.[0-9]+|edge)\Z").match
_is_repository = regex(r"[a-z][a-z0-9-]{0,39}\Z").match
_is_id = regex(r"[A-Z][A-Z0-9]+(?:-[A-Za-z0-9.]+)+\Z").match
_is_cve = regex(r"CVE-[0-9]{4}-[0-9]+\Z").match

Text = Annotated[str, Meta(max_length=1024)]


class _Package(Struct):
    name: Annotated[str, Meta(min_length=1, max_length=256)]
    secfixes: dict[Text, list[Text] | None] | None = None


class _Entry(Struct):
    pkg: _Package


class _Database(Struct):
    packages: list[_Entry]
    urlprefix: Text
    reponame: Text
    distroversion: Text = ""


@feed(
    id="alpine-secdb",
    addresses=[
        f"https://secdb.alpinelinux.org/{release}/{repository}.json"
        for release in RELEASES
        for repository in REPOSITORIES
    ],
    example=File(
        path="v3.20/main.json",
        content=b"""{"distroversion": "v3.20", "reponame": "main",
          "urlprefix": "https://dl-cdn.alpinelinux.org/alpine", "packages": [
            {"pkg": {"name": "oak", "secfixes": {
              "1.2-r3": ["CVE-2026-1000", "CVE-2026-1001 XSA-900"],
              "0": ["CVE-2026-1002"]}}},
            {"pkg": {"name": "elm", "secfixes": {"2.0-r0": ["CVE-2026-1000"]}}}]}""",
    ),
    expect=(
        "ALPINE-CVE-2026-1000:v3.20-main Alpine:v3.20 elm",
        "ALPINE-CVE-2026-1000:v3.20-main Alpine:v3.20 oak",
        "ALPINE-CVE-2026-1001:v3.20-main Alpine:v3.20 oak",
    ),
)
def alpine_secdb(file: File) -> Iterator[Advisory]:
    """Every vulnerability that a source package of a release was mended of.

    What is not mended is not told: OSV.dev's records of Alpine tell it. Version ``0`` says that a
    package is not affected. Ids name release and repository, since each is a document.
    """
    found = decoded(file, _Database)
    ecosystem, prefix, ending = _place(found, file)
    fixes: dict[str, dict[str, list[str]]] = {}
    others: dict[str, dict[str, None]] = {}
    for entry in found.packages:
        for version, lines in (entry.pkg.secfixes or {}).items():
            for id, more in _named(lines or ()):
                fixes.setdefault(id, {}).setdefault(entry.pkg.name, []).append(version)
                others.setdefault(id, {}).update(dict.fromkeys(more))
    for id in sorted(fixes):
        if affected := tuple(_affected(ecosystem, fixes[id])):
            yield Advisory(
                id=f"{prefix}-{id}:{ending}",
                modified="",
                upstream=(id,),
                related=tuple(others[id]),
                affected=affected,
            )


def _place(found: _Database, file: File) -> tuple[str, str, str]:
    """The ecosystem, and beginning and end of its ids."""
    if not _is_repository(found.reponame):
        raise FeedError(file.path, f"repository {found.reponame[:100]!r} has no name of Alpine's")
    if known := _ROLLING.get(found.urlprefix.rstrip("/")):
        return *known, found.reponame
    if not _is_release(found.distroversion):
        raise FeedError(file.path, f"release {found.distroversion[:100]!r} is none of Alpine's")
    release = found.distroversion
    return f"Alpine:{release}", "ALPINE", f"{release}-{found.reponame}"


def _named(lines: list[str] | tuple[()]) -> Iterator[tuple[str, list[str]]]:
    """Vulnerabilities, each with its other names; what stands beside names is remarks."""
    for line in lines:
        names = [word for word in line.replace("CVE_", "CVE-").split() if _is_id(word)]
        cves = [name for name in names if _is_cve(name)]
        for id in dict.fromkeys(cves or names[:1]):
            yield id, [name for name in names if name != id]


def _affected(ecosystem: str, fixes: Mapping[str, list[str]]) -> Iterator[Affected]:
    """A range to each version that mends it: the last one counts."""
    for name in sorted(fixes):
        if NOT_AFFECTED not in fixes[name]:
            ranges = (
                Range("ECOSYSTEM", (("introduced", "0"), ("fixed", version)))
                for version in dict.fromkeys(fixes[name])
            )
            yield Affected(ecosystem, name, tuple(ranges))
