"""pylock.toml: the exact distributions of a Python project, as every installer can read them.

Format: https://packaging.python.org/en/latest/specifications/pylock-toml/ (PEP 751)
"""

from collections.abc import Iterator
from re import compile as regex

from msgspec import Struct

from hullmark.model import File, Package, ParseError
from hullmark.unit import parser

_WHEEL = b"    { url = "
"""Begins a line that tells of one wheel, as uv writes them: nine tenths of a lock."""

_wheel = regex(r"(?:.*[/\\])?[^/\\-]+-([^/\\-]+)-[^/\\]+\.whl(?:[#?]|\Z)").match


class Archive(Struct):
    """One file from elsewhere than an index."""

    url: str = ""
    path: str = ""


class Distribution(Struct):
    """One ``[[packages]]`` table; ``directory`` is set when it is a folder of the project's."""

    name: str
    version: str = ""
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
    example=File(
        path="srv/pylock.toml",
        content=b'lock-version = "1.0"\ncreated-by = "hand"\n\n'
        b'[[packages]]\nname = "app"\ndirectory = { path = "." }\n\n'
        b'[[packages]]\nname = "oak-tree"\nversion = "2.1"\n',
    ),
    expect=("pkg:pypi/oak-tree@2.1",),
)
def pylock_toml(file: File) -> Iterator[Package]:
    """Yield every distribution, of all groups and platforms.

    Folders of the project are left out. What comes from version control, or is an archive that
    is no wheel, may lack a version.
    """
    lines = file.data.split(b"\n")
    lean = b"\n".join([line for line in lines if not line.startswith(_WHEEL)])
    lock = File(path=file.path, content=lean).toml(Lock)
    if lock.lock_version.partition(".")[0] != "1":
        raise ParseError(file.path, f"lock version {lock.lock_version[:20]!r} is not known")
    named = ((each.name, _version(each)) for each in lock.packages if each.directory is None)
    for name, version in dict.fromkeys(named):
        yield Package(type="pypi", name=name, version=version, path=file.path, declared=True)


def _version(each: Distribution) -> str:
    """The version as stated, or the one in the name of a wheel."""
    if each.version or each.archive is None:
        return each.version
    match = _wheel(each.archive.path or each.archive.url)
    return match[1].replace("%2B", "+") if match else ""
