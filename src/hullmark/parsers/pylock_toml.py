"""pylock.toml: the exact distributions of a Python project, as every installer can read them.

Format: https://packaging.python.org/en/latest/specifications/pylock-toml/ (PEP 751)
"""

from collections.abc import Iterator

from msgspec import Struct

from hullmark.model import File, Package, ParseError
from hullmark.unit import parser


class Distribution(Struct):
    """One ``[[packages]]`` table; ``directory`` is set when it is a folder of the project's."""

    name: str
    version: str = ""
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

    Folders of the project are left out; what comes from version control may lack a version.
    """
    lock = file.toml(Lock)
    if lock.lock_version.partition(".")[0] != "1":
        raise ParseError(file.path, f"lock version {lock.lock_version[:20]!r} is not known")
    named = ((each.name, each.version) for each in lock.packages if each.directory is None)
    for name, version in dict.fromkeys(named):
        yield Package(type="pypi", name=name, version=version, path=file.path, declared=True)
