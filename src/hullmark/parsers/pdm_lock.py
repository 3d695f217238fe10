"""pdm.lock: the exact distributions of a PDM project.

Format: TOML with one ``[[package]]`` table each, alike in all lock versions (2 to 4.5);
https://pdm-project.org/en/latest/usage/lockfile/. A distribution locked with extras has a
table more for these.
"""

from collections.abc import Iterator
from re import compile as regex

from msgspec import Struct

from hullmark.model import File, Package, ParseError
from hullmark.model.pypi import lean, normalised, places
from hullmark.model.relations import related
from hullmark.unit import parser

_ARTIFACTS = (b"    {file = ", b"    {url = ")
"""Begin a line that tells of one wheel or archive: nine tenths of a lock."""

_requirement = regex(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)").match


class Distribution(Struct):
    """One ``[[package]]`` table; ``dependencies`` are requirements as pip takes them."""

    name: str
    version: str = ""
    dependencies: list[str] = []
    groups: list[str] = []
    editable: bool = False


class Lock(Struct):
    """A whole lock."""

    package: list[Distribution] = []
    metadata: object = None


@parser(
    id="pdm-lock",
    names=("pdm.lock",),
    declared=True,
    example=File(
        path="srv/pdm.lock",
        content=b'[metadata]\ngroups = ["default", "dev"]\nlock_version = "4.5.0"\n\n'
        b'[[package]]\nname = "leaf"\nversion = "1.0"\ngroups = ["default"]\n\n'
        b'[[package]]\nname = "lint"\nversion = "3.0"\ngroups = ["dev"]\n\n'
        b'[[package]]\nname = "oak-tree"\nversion = "2.1"\ngroups = ["default", "dev"]\n'
        b'dependencies = [\n    "Leaf>=1; python_version >= \\"3\\"",\n]\nfiles = [\n'
        b'    {file = "oak_tree-2.1.tar.gz", hash = "sha256:0"},\n]\n',
    ),
    expect=("pkg:pypi/leaf@1.0", "pkg:pypi/lint@3.0", "pkg:pypi/oak-tree@2.1"),
)
def pdm_lock(file: File) -> Iterator[Package]:
    """Yield every distribution, of all groups and from whatever source.

    Folders that are linked (``editable``) are left out. What is in the group ``dev`` alone is
    for development; of other groups the lock does not tell whether they are. Where several
    versions of a name are locked, all count as required.
    """
    lock = lean(file, _ARTIFACTS).toml(Lock)
    if not lock.package and lock.metadata is None:
        raise ParseError(file.path, "neither packages nor metadata in it")
    known = places(enumerate(normalised(each.name) for each in lock.package))
    yield from related(
        [_package(file, each) for each in lock.package],
        [[at for name in _names(each) for at in known.get(name, ())] for each in lock.package],
        development={
            index for index, each in enumerate(lock.package) if set(each.groups) == {"dev"}
        },
    )


def _package(file: File, each: Distribution) -> Package | None:
    if each.editable:
        return None
    return Package(type="pypi", name=each.name, version=each.version, path=file.path, declared=True)


def _names(each: Distribution) -> Iterator[str]:
    """What a distribution asks for, by name."""
    for match in map(_requirement, each.dependencies):
        if match:
            yield normalised(match[1])
