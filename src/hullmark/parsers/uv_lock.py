"""uv.lock: the exact distributions of a uv project, for every platform.

Format: TOML; https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from msgspec import Struct

from hullmark.model import File, Package, ParseError
from hullmark.model.pypi import lean
from hullmark.model.relations import only_for, related
from hullmark.unit import parser

_WHEEL = b"    { url = "
"""Begins a line that tells of one wheel: nine tenths of a lock."""


class Source(Struct, frozen=True):
    """Where a distribution comes from; only what tells our own code from others'."""

    editable: str | None = None
    virtual: str | None = None


class Wanted(Struct, frozen=True):
    """One dependency; it has a version where several of that name are locked."""

    name: str
    version: str = ""


class Distribution(Struct, rename="kebab"):
    """One ``[[package]]`` table; a project whose version is computed has none.

    Of the extras of others, only those that somebody asks for are locked.
    """

    name: str
    version: str = ""
    source: Source = Source()
    dependencies: list[Wanted] = []
    optional_dependencies: dict[str, list[Wanted]] = {}
    dev_dependencies: dict[str, list[Wanted]] = {}


class Manifest(Struct, rename="kebab", frozen=True):
    """What a script asks for, or a workspace whose root is no project."""

    requirements: tuple[Wanted, ...] = ()
    dependency_groups: dict[str, list[Wanted]] = {}


class Lock(Struct):
    """A whole lock; ``distribution`` was the table's name before uv 0.4."""

    version: object = None
    package: list[Distribution] = []
    distribution: list[Distribution] = []
    manifest: Manifest = Manifest()


@parser(
    id="uv-lock",
    names=("uv.lock", "*.py.lock"),
    declared=True,
    version=2,
    example=File(
        path="srv/uv.lock",
        content=b'version = 1\n\n[[package]]\nname = "app"\nversion = "0.1.0"\n'
        b'source = { virtual = "." }\ndependencies = [{ name = "oak-tree" }]\n\n'
        b'[package.dev-dependencies]\ndev = [{ name = "lint" }]\n\n'
        b'[[package]]\nname = "leaf"\nversion = "1.0"\n\n'
        b'[[package]]\nname = "lint"\nversion = "3.0"\n\n'
        b'[[package]]\nname = "oak-tree"\nversion = "2.1"\n'
        b'source = { registry = "https://index.example/simple" }\n'
        b'dependencies = [{ name = "leaf" }]\n',
    ),
    expect=("pkg:pypi/leaf@1.0", "pkg:pypi/lint@3.0", "pkg:pypi/oak-tree@2.1"),
)
def uv_lock(file: File) -> Iterator[Package]:
    """Yield every distribution of all groups and platforms, from whatever source.

    The project and the members of its workspace (``virtual`` or ``editable``) are left out.
    What they ask for is direct, and for development if it is needed for their groups alone.
    """
    lock = lean(file, _WHEEL).toml(Lock)
    every = lock.package + lock.distribution
    if not every and lock.version is None:
        raise ParseError(file.path, "neither packages nor a version of the format in it")
    found = [_package(file, each) for each in every]
    known: dict[Wanted, int] = {}
    for index, each in enumerate(every):
        known[Wanted(each.name)] = known[Wanted(each.name, each.version)] = index
    needs = [_resolved(known, _used(each)) for each in every]
    used = _resolved(known, lock.manifest.requirements)
    built = _resolved(known, chain.from_iterable(lock.manifest.dependency_groups.values()))
    for index, each in enumerate(every):
        if found[index] is None:
            used += needs[index]
            built += _resolved(known, chain.from_iterable(each.dev_dependencies.values()))
    development = only_for(built, used, needs)
    yield from related(found, needs, direct={*built, *used}, development=development)


def _package(file: File, each: Distribution) -> Package | None:
    if each.source != Source():
        return None
    return Package(type="pypi", name=each.name, version=each.version, path=file.path, declared=True)


def _used(each: Distribution) -> Iterable[Wanted]:
    """What a distribution needs, extras included, but not for development."""
    return chain(each.dependencies, *each.optional_dependencies.values())


def _resolved(known: Mapping[Wanted, int], wanted: Iterable[Wanted]) -> list[int]:
    return [known[each] for each in wanted if each in known]
