"""pylock.toml: the exact distributions of a Python project, as every installer can read them.

Format: https://packaging.python.org/en/latest/specifications/pylock-toml/ (PEP 751)
"""

from collections.abc import Iterator
from re import compile as regex

from msgspec import Struct

from hullmark.model import File, Package, ParseError
from hullmark.model.pypi import lean, places
from hullmark.model.relations import related
from hullmark.unit import parser

_WHEEL = b"    { url = "
"""Begins a line that tells of one wheel, as uv writes them: nine tenths of a lock."""

_wheel = regex(r"(?:.*[/\\])?[^/\\-]+-([^/\\-]+)-[^/\\]+\.whl(?:[#?]|\Z)").match


class Archive(Struct):
    """One file from elsewhere than an index."""

    url: str = ""
    path: str = ""


class Wanted(Struct):
    """One of ``dependencies``: as much of another table as tells it from the rest."""

    name: str
    version: str = ""


class Distribution(Struct):
    """One ``[[packages]]`` table; ``directory`` is set when it is a folder of the project's."""

    name: str
    version: str = ""
    dependencies: list[Wanted] = []
    archive: Archive | None = None
    directory: dict[str, object] | None = None


class Lock(Struct, rename="kebab"):
    """A whole lock."""

    lock_version: str
    packages: list[Distribution] = []


@parser(
    id="pylock-toml",
    names=("pylock.toml", "pylock.*.toml"),
    declared=True,
    version=2,
    example=File(
        path="srv/pylock.toml",
        content=b'lock-version = "1.0"\ncreated-by = "hand"\n\n'
        b'[[packages]]\nname = "app"\ndirectory = { path = "." }\n\n'
        b'[[packages]]\nname = "leaf"\nversion = "1.0"\n\n'
        b'[[packages]]\nname = "oak-tree"\nversion = "2.1"\n'
        b'dependencies = [{ name = "leaf" }]\n',
    ),
    expect=("pkg:pypi/leaf@1.0", "pkg:pypi/oak-tree@2.1"),
)
def pylock_toml(file: File) -> Iterator[Package]:
    """Yield every distribution, of all groups and platforms.

    Folders of the project are left out. What comes from version control, or is an archive that
    is no wheel, may lack a version. Not every tool writes down who requires whom.
    """
    lock = lean(file, _WHEEL).toml(Lock)
    if lock.lock_version.partition(".")[0] != "1":
        raise ParseError(file.path, f"lock version {lock.lock_version[:20]!r} is not known")
    known = places(
        (index, (each.name, version))
        for index, each in enumerate(lock.packages)
        for version in {"", each.version}
    )
    yield from related(
        [_package(file, each) for each in lock.packages],
        [
            [at for one in each.dependencies for at in known.get((one.name, one.version), ())]
            for each in lock.packages
        ],
    )


def _package(file: File, each: Distribution) -> Package | None:
    if each.directory is not None:
        return None
    return Package(
        type="pypi", name=each.name, version=_version(each), path=file.path, declared=True
    )


def _version(each: Distribution) -> str:
    """The version as stated, or the one in the name of a wheel."""
    if each.version or each.archive is None:
        return each.version
    match = _wheel(each.archive.path or each.archive.url)
    return match[1].replace("%2B", "+") if match else ""
