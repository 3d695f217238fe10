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
from hullmark.unit import parser

MAX_CLASSIC_BYTES = 16 * 1024 * 1024
"""Ours: some 60,000 packages at 250 bytes each."""

_OWN = ("workspace:", "link:", "portal:")
"""Protocols of folders that are linked: the project's own code."""

_is_yaml = regex(rb"^__metadata:", MULTILINE).search
_locator = regex(r"((?:@[^/@\s]+/)?[^/@\s]+)@(.*)\Z").match


class Entry(Struct):
    """One entry of Yarn 2 and later: ``resolution`` is ``name@protocol:place``."""

    version: object = None
    resolution: object = None


@parser(
    id="yarn-lock",
    names=("yarn.lock",),
    declared=True,
    example=File(
        path="srv/yarn.lock",
        content=b'# yarn lockfile v1\n\n\n"@oak/tree@^2.0.0", "@oak/tree@^2.1.0":\n'
        b'  version "2.1.0"\n  dependencies:\n    leaf "^1.0.0"\n\n'
        b'"green@npm:leaf@^1.0.0":\n  version "1.0.3"\n',
    ),
    expect=("pkg:npm/%40oak/tree@2.1.0", "pkg:npm/leaf@1.0.3"),
)
def yarn_lock(file: File) -> Iterator[Package]:
    """Yield every package, whether for use or development, under its real name.

    A patched package is yielded as what it patches. Workspaces and linked folders are left
    out. A lock inside ``node_modules`` yields nothing: Yarn reads none there.
    """
    if "/node_modules/" in f"/{file.path}":
        return
    strange: list[str] = []
    entries = _berry(file, strange) if _is_yaml(file.data) else _classic(file, strange)
    for name, version in dict.fromkeys(entries):
        space, _, base = name.rpartition("/")
        yield Package(
            type="npm",
            namespace=space,
            name=base,
            version=version,
            path=file.path,
            declared=True,
        )
    if strange:
        raise ParseError(file.path, f"no package and version in entry {strange[0][:80]!r}")


def _classic(file: File, strange: list[str]) -> Iterator[tuple[str, str]]:
    """Names and versions of version 1: ranges at the margin, fields two spaces in."""
    if file.size > MAX_CLASSIC_BYTES:
        raise ParseError(file.path, f"more than the {MAX_CLASSIC_BYTES} bytes that are read")
    waiting = ""
    for line in file.text().splitlines():
        if line[:1] not in ("", " ", "#"):
            if waiting and not strange:
                strange.append(waiting)
            waiting = line
        elif waiting and line.startswith("  version "):
            name = _asked(waiting)
            if name:
                yield name, line[10:].strip(' "')
                waiting = ""
    if waiting and not strange:
        strange.append(waiting)


def _asked(line: str) -> str:
    """The real name in the first of an entry's ranges, empty if there is none."""
    first = line.split('"', 2)[1] if line.startswith('"') else line.rstrip(":").partition(", ")[0]
    locator = _locator(first)
    if not locator:
        return ""
    name, wanted = locator.groups()
    if wanted.startswith("npm:"):
        alias = _locator(wanted[4:])
        return alias[1] if alias else wanted[4:]
    return str(name)


def _berry(file: File, strange: list[str]) -> Iterator[tuple[str, str]]:
    """Names and versions of Yarn 2 and later, which says itself what each entry became."""
    for key, entry in file.yaml(dict[str, Entry]).items():
        version, resolution = entry.version, entry.resolution
        locator = _locator(resolution) if isinstance(resolution, str) else None
        if locator and isinstance(version, str):
            if not locator[2].startswith(_OWN):
                yield locator[1], version
        elif key != "__metadata" and not strange:
            strange.append(key)
