"""uv.lock: the exact distributions of a uv project, for every platform.

Format: TOML; https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile
"""

from collections.abc import Iterator

from msgspec import Struct

from hullmark.model import File, Package, ParseError
from hullmark.unit import parser

_WHEEL = b"    { url = "
"""Begins a line that tells of one wheel: nine tenths of a lock."""


class Source(Struct, frozen=True):
    """Where a distribution comes from; only what tells our own code from others'."""

    editable: str | None = None
    virtual: str | None = None


class Distribution(Struct):
    """One ``[[package]]`` table; a project whose version is computed has none."""

    name: str
    version: str = ""
    source: Source = Source()


class Lock(Struct):
    """A whole lock; ``distribution`` was the table's name before uv 0.4."""

    version: object = None
    package: list[Distribution] = []
    distribution: list[Distribution] = []


@parser(
    id="uv-lock",
    names=("uv.lock",),
    declared=True,
    example=File(
        path="srv/uv.lock",
        content=b'version = 1\n\n[[package]]\nname = "app"\nversion = "0.1.0"\n'
        b'source = { virtual = "." }\n\n[[package]]\nname = "oak-tree"\nversion = "2.1"\n'
        b'source = { registry = "https://index.example/simple" }\n',
    ),
    expect=("pkg:pypi/oak-tree@2.1",),
)
def uv_lock(file: File) -> Iterator[Package]:
    """Yield every distribution of all groups and platforms, from whatever source.

    The project and the members of its workspace (``virtual`` or ``editable``) are left out.
    """
    lines = file.data.split(b"\n")
    lean = b"\n".join([line for line in lines if not line.startswith(_WHEEL)])
    lock = File(path=file.path, content=lean).toml(Lock)
    every = lock.package + lock.distribution
    if not every and lock.version is None:
        raise ParseError(file.path, "neither packages nor a version of the format in it")
    foreign = Source()
    named = ((each.name, each.version) for each in every if each.source == foreign)
    for name, version in dict.fromkeys(named):
        yield Package(type="pypi", name=name, version=version, path=file.path, declared=True)
