"""poetry.lock: the exact distributions of a Poetry project.

Format: TOML with one ``[[package]]`` table each, alike in all lock versions (1.0 to 2.1);
https://python-poetry.org/docs/basic-usage/#installing-with-poetrylock
"""

from collections.abc import Iterator

from msgspec import Struct

from hullmark.model import File, Package, ParseError
from hullmark.model.pypi import lean, normalised, places
from hullmark.model.relations import related
from hullmark.unit import parser

_ARTIFACT = b"    {file = "
"""Begins a line that tells of one wheel or archive: nine tenths of a lock."""


class Distribution(Struct):
    """One ``[[package]]`` table; ``dependencies`` are what it asks for, by name.

    ``category`` (before 1.5) and ``groups`` (since 2.0) tell who of the project asks for it.
    """

    name: str
    version: str
    category: str = ""
    groups: list[str] = []
    dependencies: dict[str, object] = {}


class Lock(Struct):
    """A whole lock."""

    package: list[Distribution] = []
    metadata: object = None


@parser(
    id="poetry-lock",
    names=("poetry.lock",),
    declared=True,
    version=2,
    example=File(
        path="srv/poetry.lock",
        content=b'[[package]]\nname = "leaf"\nversion = "1.0"\ngroups = ["main", "dev"]\n\n'
        b'[[package]]\nname = "lint"\nversion = "3.0"\ngroups = ["dev"]\n\n'
        b'[[package]]\nname = "Oak_Tree"\nversion = "2.1"\ngroups = ["main"]\nfiles = [\n'
        b'    {file = "oak_tree-2.1.tar.gz", hash = "sha256:0"},\n]\n\n'
        b'[package.dependencies]\nLeaf = ">=1"\n\n[metadata]\nlock-version = "2.1"\n',
    ),
    expect=("pkg:pypi/leaf@1.0", "pkg:pypi/lint@3.0", "pkg:pypi/oak-tree@2.1"),
)
def poetry_lock(file: File) -> Iterator[Package]:
    """Yield every distribution, of all groups and from whatever source.

    What only groups other than the main one ask for is for development, as Poetry defines
    them; versions 1.5 to 1.8 do not write that down. Where several versions of a name are
    locked, all count as required.
    """
    lock = lean(file, _ARTIFACT).toml(Lock)
    if not lock.package and lock.metadata is None:
        raise ParseError(file.path, "neither packages nor metadata in it")
    known = places(enumerate(normalised(each.name) for each in lock.package))
    yield from related(
        [_package(file, each) for each in lock.package],
        [
            [at for name in each.dependencies for at in known.get(normalised(name), ())]
            for each in lock.package
        ],
        development={index for index, each in enumerate(lock.package) if _builds(each)},
    )


def _package(file: File, each: Distribution) -> Package:
    return Package(type="pypi", name=each.name, version=each.version, path=file.path, declared=True)


def _builds(each: Distribution) -> bool:
    """Whether only groups other than the main one ask for it."""
    return each.category == "dev" or bool(each.groups and "main" not in each.groups)
