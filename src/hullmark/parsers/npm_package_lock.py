"""package-lock.json and npm-shrinkwrap.json: the exact packages of an npm project.

Format: package-lock.json of the npm documentation. Version 1 nests
``dependencies``; version 2 adds ``packages``, keyed by folder; version 3 has these alone.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from hullmark.licences import spdx
from hullmark.model import File, Package, ParseError
from hullmark.model.node import locked
from hullmark.model.relations import nearest, related
from hullmark.unit import parser

MAX_LEVELS = 64
"""Folders above a package in which what it requires is looked for; npm nests some ten deep."""


class Folder(Struct, rename="camel"):
    """One of ``packages``; ``link`` is true for a link to a folder of the project's.

    What a package says of others is copied from its own manifest, whatever that holds.
    """

    name: str = ""
    version: str = ""
    link: bool = False
    license: object = None
    dev: object = None
    dependencies: object = None
    optional_dependencies: object = None
    peer_dependencies: object = None
    dev_dependencies: object = None


class Dependency(Struct):
    """One of version 1's ``dependencies``; where it is from may stand as its version."""

    version: str = ""
    dev: object = None
    requires: object = None
    dependencies: dict[str, "Dependency"] = {}


class Lock(Struct, rename="camel"):
    """A whole lock; ``packages`` tells all that ``dependencies`` does."""

    lockfile_version: object = None
    packages: dict[str, Folder] | None = None
    dependencies: dict[str, Dependency] | None = None


class Entry(Struct):
    """What either version tells of one folder; without a name it is the project's own.

    ``tables`` say, nearest first, which entry lies in a ``node_modules`` under which name.
    """

    name: str
    version: str
    licence: str
    development: bool
    wants: list[str]
    tables: tuple[Mapping[str, int], ...]


@parser(
    id="npm-package-lock",
    names=("package-lock.json", "npm-shrinkwrap.json"),
    declared=True,
    version=2,
    example=File(
        path="srv/package-lock.json",
        content=b'{"lockfileVersion": 3, "packages": {"": {"name": "app", "version": "1.0.0",'
        b'"dependencies": {"@oak/tree": "^2.0.0"}, "devDependencies": {"lint": "*"}},'
        b'"node_modules/@oak/tree": {"version": "2.1.0", "license": "MIT",'
        b'"dependencies": {"leaf": "^1.0.0"}}, "node_modules/leaf": {"version": "1.0.3"},'
        b'"node_modules/lint": {"version": "3.0.0", "dev": true},'
        b'"node_modules/part": {"resolved": "part", "link": true}}}',
    ),
    expect=("pkg:npm/%40oak/tree@2.1.0", "pkg:npm/leaf@1.0.3", "pkg:npm/lint@3.0.0"),
)
def npm_package_lock(file: File) -> Iterator[Package]:
    """Yield every package, whether for use or development, under its real name.

    The project, its workspaces and folders linked into it are left out; what they ask for is
    direct. Version 1 does not tell that, nor the version of what comes from elsewhere than a
    registry; such a package has none. A lock inside ``node_modules`` yields nothing: npm reads
    none there but shrinkwraps.
    """
    if file.name == "package-lock.json" and "/node_modules/" in f"/{file.path}":
        return
    lock = file.json(Lock)
    if lock == Lock():
        raise ParseError(file.path, "none of lockfileVersion, packages and dependencies in it")
    packages = lock.packages
    entries = _nested(lock.dependencies or {}) if packages is None else _folders(packages)
    needs = [nearest(each.tables, each.wants) for each in entries]
    yield from related(
        [_package(file, each) for each in entries],
        needs,
        direct=None if packages is None else _asked(packages, needs),
        development={index for index, each in enumerate(entries) if each.development},
    )


def _package(file: File, entry: Entry) -> Package | None:
    if not entry.name:
        return None
    return locked(file.path, entry.name, entry.version, licence=entry.licence)


def _asked(packages: dict[str, Folder], needs: list[list[int]]) -> set[int]:
    """What the project and its workspaces ask for: all that lies in no ``node_modules``."""
    own = (wants for path, wants in zip(packages, needs, strict=True) if not _placed(path)[1])
    return {at for wants in own for at in wants}


def _folders(packages: dict[str, Folder]) -> list[Entry]:
    """Every folder; packages lie in a ``node_modules``."""
    tables: dict[str, dict[str, int]] = {}
    for index, path in enumerate(packages):
        home, below, name = _placed(path)
        if below:
            tables.setdefault(home, {})[name] = index
    return [_folder(path, each, tables) for path, each in packages.items()]


def _folder(path: str, each: Folder, tables: dict[str, dict[str, int]]) -> Entry:
    _, below, name = _placed(path)
    foreign = below and each.version and not each.link
    wants = [each.dependencies, each.optional_dependencies, each.peer_dependencies]
    if not below:
        wants.append(each.dev_dependencies)
    return Entry(
        name=(each.name or name) if foreign else "",
        version=each.version,
        licence=spdx(each.license) if isinstance(each.license, str) else "",
        development=each.dev is True,
        wants=[name for one in wants if isinstance(one, dict) for name in one],
        tables=tuple(_above(path, tables)),
    )


def _placed(path: str) -> tuple[str, str, str]:
    """The folder whose ``node_modules`` a package lies in, whether it is in any, its name there."""
    home, below, name = f"/{path}".rpartition("/node_modules/")
    return home[1:], below, name


def _above(path: str, tables: dict[str, dict[str, int]]) -> Iterator[dict[str, int]]:
    """What lies in the ``node_modules`` of a folder and of those above it."""
    for _ in range(MAX_LEVELS):
        if table := tables.get(path):
            yield table
        if not path:
            return
        path = path.rpartition("/")[0]


def _nested(dependencies: dict[str, Dependency]) -> list[Entry]:
    """What lies at all depths, the upper ones first; version 1 knows no licences."""
    entries: list[Entry] = []
    levels: list[tuple[dict[str, Dependency], tuple[dict[str, int], ...]]]
    levels = [(dependencies, ({},))]
    for level, tables in levels:
        for name, each in level.items():
            tables[0][name] = len(entries)
            inside = ({}, *tables[: MAX_LEVELS - 1])
            levels.append((each.dependencies, inside))
            entries.append(_dependency(name, each, inside))
    return entries


def _dependency(name: str, each: Dependency, tables: tuple[dict[str, int], ...]) -> Entry:
    version = _version(name, each.version)
    if each.version.startswith("npm:"):
        name, _, version = each.version[4:].rpartition("@")
    elif each.version.startswith("file:") and not each.version.endswith((".tgz", ".tar")):
        name = ""
    return Entry(
        name=name,
        version=version,
        licence="",
        development=each.dev is True,
        wants=list(each.requires) if isinstance(each.requires, dict) else [],
        tables=tables,
    )


def _version(name: str, text: str) -> str:
    """A version, or the one in the URL of a registry's tarball; other places tell none."""
    if ":" not in text and "/" not in text:
        return text
    _, registry, tarball = text.partition("#")[0].partition("?")[0].rpartition("/-/")
    start = f"{name.rpartition('/')[2]}-"
    if registry and tarball.startswith(start) and tarball.endswith(".tgz"):
        return tarball[len(start) : -len(".tgz")]
    return ""
