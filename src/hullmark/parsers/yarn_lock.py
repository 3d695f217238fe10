"""yarn.lock: the exact packages of a Yarn project.

Format: https://classic.yarnpkg.com/lang/en/docs/yarn-lock/ (version 1, a notation of its own);
Yarn 2 and later write YAML with a ``__metadata`` key, and protocols as in
https://yarnpkg.com/protocols.
"""

from collections.abc import Iterator
from re import MULTILINE
from re import compile as regex

from msgspec import Struct

from hullmark.model import File, Package, ParseError
from hullmark.model.node import locked
from hullmark.model.relations import related
from hullmark.unit import parser

MAX_CLASSIC_BYTES = 16 * 1024 * 1024
"""Ours: some 60,000 packages at 250 bytes each."""

_OWN = ("workspace:", "link:", "portal:")
"""Protocols of folders that are linked: the project's own code."""

_is_yaml = regex(rb"^__metadata:", MULTILINE).search
_locator = regex(r"((?:@[^/@\s]+/)?[^/@\s]+)@(.*)\Z").match
_words = regex(r'"([^"]*)"|([^\s",]+)').findall


class Entry(Struct):
    """One entry of Yarn 2 and later: ``resolution`` is ``name@protocol:place``."""

    version: object = None
    resolution: object = None
    dependencies: object = None


class Found(Struct):
    """One entry of either notation: what was asked for, what it became, what that asks for.

    Without a name it is the project's own.
    """

    ranges: list[str]
    name: str = ""
    version: str = ""
    wants: list[str] = []


@parser(
    id="yarn-lock",
    names=("yarn.lock",),
    declared=True,
    version=2,
    example=File(
        path="srv/yarn.lock",
        content=b'__metadata:\n  version: 8\n\n"@oak/tree@npm:^2.0.0, @oak/tree@npm:^2.1.0":\n'
        b'  version: 2.1.0\n  resolution: "@oak/tree@npm:2.1.0"\n  dependencies:\n'
        b'    leaf: "npm:^1.0.0"\n  linkType: hard\n\n"app@workspace:.":\n'
        b'  version: 0.0.0-use.local\n  resolution: "app@workspace:."\n  dependencies:\n'
        b'    "@oak/tree": "npm:^2.1.0"\n  linkType: soft\n\n"leaf@npm:^1.0.0":\n'
        b'  version: 1.0.3\n  resolution: "leaf@npm:1.0.3"\n  linkType: hard\n',
    ),
    expect=("pkg:npm/%40oak/tree@2.1.0", "pkg:npm/leaf@1.0.3"),
)
def yarn_lock(file: File) -> Iterator[Package]:
    """Yield every package, whether for use or development, under its real name.

    A patched package is yielded as what it patches. Workspaces and linked folders are left
    out; what they ask for is direct, which version 1 does not tell. A lock inside
    ``node_modules`` yields nothing: Yarn reads none there.
    """
    if "/node_modules/" in f"/{file.path}":
        return
    strange: list[str] = []
    berry = bool(_is_yaml(file.data))
    entries = list(_berry(file, strange) if berry else _classic(file, strange))
    known = {asked: index for index, each in enumerate(entries) for asked in each.ranges}
    needs = [[known[name] for name in each.wants if name in known] for each in entries]
    own = (wants for each, wants in zip(entries, needs, strict=True) if not each.name)
    direct = {at for wants in own for at in wants} if berry else None
    yield from related([_package(file, each) for each in entries], needs, direct=direct)
    if strange:
        raise ParseError(file.path, f"no package and version in entry {strange[0][:80]!r}")


def _package(file: File, entry: Found) -> Package | None:
    return locked(file.path, entry.name, entry.version) if entry.name else None


def _classic(file: File, strange: list[str]) -> Iterator[Found]:
    """The entries of version 1: ranges at the margin, fields two spaces in, lists four."""
    if file.size > MAX_CLASSIC_BYTES:
        raise ParseError(file.path, f"more than the {MAX_CLASSIC_BYTES} bytes that are read")
    entry, lists = Found([]), False
    for line in file.text().splitlines():
        if line[:1] not in ("", " ", "#"):
            yield from _whole(entry, strange)
            entry, lists = Found(_texts(line.rstrip(":")) or [line]), False
        elif line.startswith("    "):
            if lists:
                entry.wants.append("@".join(_texts(line)))
        elif line.startswith("  "):
            lists = line in ("  dependencies:", "  optionalDependencies:")
            if line.startswith("  version "):
                entry.version = line[10:].strip(' "')
    yield from _whole(entry, strange)


def _whole(entry: Found, strange: list[str]) -> Iterator[Found]:
    """The entry that has ended, if there was one and it tells of a package."""
    if entry.ranges:
        entry.name = _asked(entry.ranges[0]) if entry.version else ""
        if entry.name:
            yield entry
        else:
            strange.append(entry.ranges[0])


def _texts(line: str) -> list[str]:
    """The words of a line, those in quotes as one each."""
    return [quoted or plain for quoted, plain in _words(line)]


def _asked(wanted: str) -> str:
    """The real name of what was asked for, empty if there is none."""
    locator = _locator(wanted)
    if not locator:
        return ""
    name, place = locator.groups()
    if place.startswith("npm:"):
        alias = _locator(place[4:])
        return alias[1] if alias else place[4:]
    return str(name)


def _berry(file: File, strange: list[str]) -> Iterator[Found]:
    """The entries of Yarn 2 and later, which says itself what each became."""
    for key, entry in file.yaml(dict[str, Entry]).items():
        version, resolution = entry.version, entry.resolution
        locator = _locator(resolution) if isinstance(resolution, str) else None
        if locator and isinstance(version, str):
            wants = entry.dependencies if isinstance(entry.dependencies, dict) else {}
            own = locator[2].startswith(_OWN)
            yield Found(
                ranges=[_bare(one) for one in key.split(", ")],
                name="" if own else locator[1],
                version=version,
                wants=[_bare(f"{name}@{wanted}") for name, wanted in wants.items()],
            )
        elif key != "__metadata":
            strange.append(key)


def _bare(asked: str) -> str:
    """A range without the protocol of registries, which some versions write and others do not."""
    return asked.replace("@npm:", "@", 1)
