"""deno.lock: the exact packages of a Deno project, in lockfile versions 2 to 5.

Format: as https://github.com/denoland/deno_lockfile reads and upgrades it. A package is keyed
``name@version``, one of npm with ``_`` and its peers after that; others ask for it by a
specifier (``npm:name@^1``) or, inside npm's part, by its key or as much of that as is needed.
"""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from hullmark.model import File, Package, ParseError
from hullmark.model.node import locked
from hullmark.model.relations import related
from hullmark.unit import parser

_PREFIX = len("npm:@")
"""Behind it stands the first ``@`` of a specifier that is no scope's."""


class Entry(Struct, rename="camel"):
    """One package; versions 2 and 3 tell what it needs as keys by name, later ones in short."""

    dependencies: dict[str, str] | list[str] = []
    optional_dependencies: dict[str, str] | list[str] = []

    def needs(self) -> Iterator[str]:
        """Keys or specifiers, the name they go by cut off."""
        for part in (self.dependencies, self.optional_dependencies):
            for each in part.values() if isinstance(part, dict) else part:
                yield each.partition("@npm:")[2] or each


class Packages(Struct, frozen=True):
    """All packages, and what each specifier became."""

    specifiers: dict[str, str] = {}
    npm: dict[str, Entry] = {}
    jsr: dict[str, Entry] = {}


class Folder(Struct, rename="camel"):
    """What one folder of the project asks for, in its ``deno.json`` and its ``package.json``."""

    dependencies: list[str] = []
    package_json: "Folder | None" = None
    members: dict[str, "Folder"] = {}


class Npm2(Struct, frozen=True):
    """The part of version 2 that tells of npm; its specifiers go without ``npm:``."""

    specifiers: dict[str, str] = {}
    packages: dict[str, Entry] = {}


class Lock2(Struct):
    """Version 2, from before there was JSR."""

    npm: Npm2 = Npm2()


class Lock3(Struct):
    """Version 3."""

    packages: Packages = Packages()
    workspace: Folder | None = None


class Lock(Packages, frozen=True):
    """Versions 4 and 5; a specifier becomes a version alone."""

    workspace: Folder | None = None


class Versioned(Struct):
    """What all versions have."""

    version: str


@parser(
    id="deno-lock",
    names=("deno.lock",),
    declared=True,
    example=File(
        path="srv/deno.lock",
        content=b'{"version": "5",'
        b'"specifiers": {"jsr:@oak/tree@2": "2.1.0", "npm:leaf@1": "1.0.3"},'
        b'"jsr": {"@oak/tree@2.1.0": {"integrity": "00", "dependencies": ["npm:leaf"]}},'
        b'"npm": {"leaf@1.0.3": {"integrity": "sha512-0"}},'
        b'"workspace": {"dependencies": ["jsr:@oak/tree@2"]}}',
    ),
    expect=("pkg:npm/leaf@1.0.3", "pkg:jsr/%40oak/tree@2.1.0"),
)
def deno_lock(file: File) -> Iterator[Package]:
    """Yield every package of npm and of JSR, under its real name.

    What the project's own configuration asks for is direct; scripts without one leave that
    unknown. Modules imported by URL (``remote``) are no packages. Version 1 knows of no others.
    """
    packages, workspace = _lock(file)
    keys = [f"npm:{key}" for key in packages.npm] + [f"jsr:{key}" for key in packages.jsr]
    found = [_package(file, key) for key in keys]
    known = {_name(key): index for index, key in enumerate(keys)}
    known |= {key: index for index, key in enumerate(keys)}
    asked = dict(_asked(packages.specifiers, known))
    needs = [
        [known[f"npm:{name}"] for name in each.needs() if f"npm:{name}" in known]
        for each in packages.npm.values()
    ]
    needs += [_resolved(asked, each.needs()) for each in packages.jsr.values()]
    direct = None
    if workspace:
        folders = [workspace, *workspace.members.values()]
        folders += [each.package_json for each in folders if each.package_json]
        direct = {at for each in folders for at in _resolved(asked, each.dependencies)}
    yield from related(found, needs, direct=direct)
    for key, package in zip(keys, found, strict=True):
        if package is None:
            raise ParseError(file.path, f"no package and version in {key[:80]!r}")


def _lock(file: File) -> tuple[Packages, Folder | None]:
    """Any version as the packages of the last, and what the project asks for."""
    match version := file.json(Versioned).version:
        case "2":
            old = file.json(Lock2).npm
            named = {f"npm:{name}": f"npm:{became}" for name, became in old.specifiers.items()}
            return Packages(specifiers=named, npm=old.packages), None
        case "3":
            lock = file.json(Lock3)
            return lock.packages, lock.workspace
        case "4" | "5":
            later = file.json(Lock)
            return later, later.workspace
    raise ParseError(file.path, f"lock version {version[:20]!r} is not known")


def _package(file: File, key: str) -> Package | None:
    """The package of a key; ``None`` for a key that lacks a name or a version."""
    type, _, name = _name(key).partition(":")
    version = key[len(type) + len(name) + 2 :].partition("_")[0]
    if name[-1:] in ("", "/") or not version:
        return None
    return locked(file.path, name, version, type=type)


def _name(key: str) -> str:
    """A key or specifier without its version."""
    at = key.find("@", _PREFIX)
    return key if at < 0 else key[:at]


def _asked(specifiers: Mapping[str, str], known: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """What each specifier became, and each name that is asked for, whatever the version."""
    for asked, became in specifiers.items():
        name = _name(asked)
        at = known.get(became, known.get(f"{name}@{became}"))
        if at is not None:
            yield name, at
            yield asked, at


def _resolved(asked: Mapping[str, int], specifiers: Iterable[str]) -> list[int]:
    """The packages asked for, by the specifier itself or by its name."""
    found = (asked.get(each, asked.get(_name(each))) for each in specifiers)
    return [at for at in found if at is not None]
