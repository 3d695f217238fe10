"""pnpm-lock.yaml: the exact packages of a pnpm project.

Format: https://github.com/pnpm/spec/tree/master/lockfile. Under ``packages`` stand
``/name/1.0.0_peers`` (5.x), ``/name@1.0.0(peers)`` (6.x) or ``name@1.0.0`` (9.0). Since pnpm 11
a document of its own, before the project's, locks what pnpm itself runs with.
"""

from collections.abc import Iterator, Mapping
from re import Match

from msgspec import Struct

from hullmark.model import File, Package, ParseError
from hullmark.model.later import regex
from hullmark.model.node import locked
from hullmark.model.relations import only_for, related
from hullmark.unit import parser

_SLASHED = regex(r"[^/]*/((?:@[^/]+/)?[^/]+)/([0-9][^/_(]*)(?:[/_(].*)?\Z").match
_AT = regex(r"(?:[^/@]*/)?((?:@[^/@]+/)?[^/@(]+)@([^(]+)").match
MAX_DOCUMENTS = 8
"""Ours; pnpm 11 writes two."""

_SLASHED_VERSIONS = ("3", "4", "5")
"""Lockfile versions before ``name@version``."""


class Entry(Struct, rename="camel"):
    """One of ``packages`` or of ``snapshots``; a name is set where the key does not tell it."""

    name: str | None = None
    version: object = None
    dependencies: object = None
    optional_dependencies: object = None


class Importer(Struct, rename="camel"):
    """What one folder of the project asks for: versions by name, or structs that hold them."""

    dependencies: object = None
    optional_dependencies: object = None
    dev_dependencies: object = None
    config_dependencies: object = None
    package_manager_dependencies: object = None


class Lock(Importer, rename="camel", kw_only=True):
    """One document; without workspaces, 5.x and 6.x write the one importer's fields at the top."""

    lockfile_version: object
    importers: dict[str, Importer | None] = {}
    packages: dict[str, Entry | None] | None = None
    snapshots: dict[str, Entry | None] | None = None


@parser(
    id="pnpm-lock",
    names=("pnpm-lock.yaml",),
    declared=True,
    version=2,
    example=File(
        path="srv/pnpm-lock.yaml",
        content=b"lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n"
        b"      '@oak/tree':\n        specifier: ^2.0.0\n        version: 2.1.0\n"
        b"    devDependencies:\n      lint:\n        specifier: '*'\n        version: 3.0.0\n\n"
        b"packages:\n\n  '@oak/tree@2.1.0':\n    resolution: {integrity: sha512-0}\n\n"
        b"  leaf@https://code.example/leaf/1f3a:\n    version: 1.0.3\n\n"
        b"  lint@3.0.0:\n    resolution: {integrity: sha512-0}\n\n"
        b"  twig@file:twig:\n    resolution: {directory: twig}\n\n"
        b"snapshots:\n\n  '@oak/tree@2.1.0':\n    dependencies:\n"
        b"      leaf: https://code.example/leaf/1f3a\n",
    ),
    expect=("pkg:npm/%40oak/tree@2.1.0", "pkg:npm/leaf@1.0.3", "pkg:npm/lint@3.0.0"),
)
def pnpm_lock(file: File) -> Iterator[Package]:
    """Yield every package, whether for use or development, and what pnpm itself runs with.

    Workspaces, linked folders, and folders without a version are left out. A lock inside
    ``node_modules`` yields nothing: pnpm reads none there.
    """
    if "/node_modules/" in f"/{file.path}":
        return
    strange: list[str] = []
    found: list[Package | None] = []
    needs: list[list[int]] = []
    used: set[int] = set()
    built: set[int] = set()
    for document in _documents(file):
        lock = document.yaml(Lock)
        match_key = _SLASHED if _major(file, lock) in _SLASHED_VERSIONS else _AT
        packages = lock.packages or {}
        keys = {key: index for index, key in enumerate(packages, len(found))}
        found += [
            _package(file, match_key(key), key, each, strange) for key, each in packages.items()
        ]
        needs += [[] for _ in packages]
        for key, each in (packages if lock.snapshots is None else lock.snapshots).items():
            if each and (at := _index(keys, key)) is not None:
                needs[at] += _resolved(keys, each.dependencies, each.optional_dependencies)
        for folder in filter(None, (lock, *lock.importers.values())):
            built.update(_resolved(keys, folder.dev_dependencies))
            used.update(_resolved(keys, *_used(folder)))
    development = only_for(built, used, needs)
    yield from related(found, needs, direct=built | used, development=development)
    if strange:
        raise ParseError(file.path, f"no package name in {strange[0][:80]!r}")


def _major(file: File, lock: Lock) -> str:
    """The first number of the lockfile's version."""
    major = str(lock.lockfile_version).partition(".")[0]
    if not major.isdecimal():
        raise ParseError(file.path, f"lockfile version {major[:20]!r} is no number")
    return major


def _package(
    file: File, match: Match[str] | None, key: str, entry: Entry | None, strange: list[str]
) -> Package | None:
    """A package by its key; what neither key nor entry tells is empty."""
    name, version = match.groups() if match else ("", "")
    if entry:
        name = entry.name or name
        version = entry.version if isinstance(entry.version, str) else version
    if not name:
        strange.append(key)
    version = "" if ":" in version else version
    if not name or ("file:" in key and not version):
        return None
    return locked(file.path, name, version)


def _used(folder: Importer) -> tuple[object, ...]:
    """All that a folder asks for but to build or test."""
    return (
        folder.dependencies,
        folder.optional_dependencies,
        folder.config_dependencies,
        folder.package_manager_dependencies,
    )


def _resolved(keys: Mapping[str, int], *asked: object) -> Iterator[int]:
    """The packages among ``keys`` that are asked for: by version, or by key under another name."""
    for one in asked:
        for name, wanted in one.items() if isinstance(one, dict) else ():
            version = wanted.get("version") if isinstance(wanted, dict) else wanted
            for key in (f"{name}@{version}", f"/{name}@{version}", f"/{name}/{version}", version):
                if isinstance(key, str) and (at := _index(keys, key)) is not None:
                    yield at
                    break


def _index(keys: Mapping[str, int], key: str) -> int | None:
    """Where a key stands; 9.0 tells of peers, in brackets, only among ``snapshots``."""
    return keys.get(key, keys.get(key.partition("(")[0]))


def _documents(file: File) -> Iterator[File]:
    """Each document as a file, since ``File.yaml`` reads the first alone."""
    data = b"\n" + file.data.replace(b"\r\n", b"\n")
    first, *others = data.split(b"\n---\n", MAX_DOCUMENTS)
    if len(others) == MAX_DOCUMENTS:
        raise ParseError(file.path, f"more than the {MAX_DOCUMENTS} documents that are read")
    for piece in [first, *others] if first.strip() or not others else others:
        yield File(path=file.path, content=piece)
