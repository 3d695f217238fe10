"""poetry.lock: the exact distributions of a Poetry project.

Format: TOML with one ``[[package]]`` table each, alike in all lock versions (1.0 to 2.1);
https://python-poetry.org/docs/basic-usage/#installing-with-poetrylock
"""

from collections.abc import Iterator

from msgspec import Struct

from hullmark.model import File, Package, ParseError
from hullmark.unit import parser

_ARTIFACT = b"    {file = "
"""Begins a line that tells of one wheel or archive: nine tenths of a lock."""


class Distribution(Struct):
    """One ``[[package]]`` table."""

    name: str
    version: str


class Lock(Struct):
    """A whole lock."""

    package: list[Distribution] = []
    metadata: object = None


@parser(
    id="poetry-lock",
    names=("poetry.lock",),
    declared=True,
    example=File(
        path="srv/poetry.lock",
        content=b'[[package]]\nname = "Oak_Tree"\nversion = "2.1"\nfiles = [\n'
        b'    {file = "oak_tree-2.1.tar.gz", hash = "sha256:0"},\n]\n\n'
        b'[metadata]\nlock-version = "2.1"\n',
    ),
    expect=("pkg:pypi/oak-tree@2.1",),
)
def poetry_lock(file: File) -> Iterator[Package]:
    """Yield every distribution, of all groups and from whatever source."""
    lines = file.data.split(b"\n")
    lean = b"\n".join([line for line in lines if not line.startswith(_ARTIFACT)])
    lock = File(path=file.path, content=lean).toml(Lock)
    if not lock.package and lock.metadata is None:
        raise ParseError(file.path, "neither packages nor metadata in it")
    for name, version in dict.fromkeys((each.name, each.version) for each in lock.package):
        yield Package(type="pypi", name=name, version=version, path=file.path, declared=True)
