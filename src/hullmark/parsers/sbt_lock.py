"""build.sbt.lock: the exact modules of an sbt build, as sbt-dependency-lock writes them.

Format: https://stringbean.github.io/sbt-dependency-lock/file-formats/version-1.html
"""

from collections.abc import Iterator

from msgspec import Struct

from hullmark.model import File, Package
from hullmark.unit import parser

_RUN = frozenset(("compile", "runtime", "optional", "provided"))
"""Configurations whose modules a program may run with; an empty list says nothing."""


class Module(Struct, frozen=True):
    """One module, and the configurations that need it."""

    org: str
    name: str
    version: str
    configurations: tuple[str, ...] = ()


class Lock(Struct, frozen=True):
    """The whole file, of version 1."""

    dependencies: tuple[Module, ...]


@parser(
    id="sbt-lock",
    names=("*.sbt.lock",),
    declared=True,
    example=File(
        path="srv/build.sbt.lock",
        content=b"""{
  "lockVersion": 1,
  "configurations": ["compile", "runtime", "test"],
  "dependencies": [
    {"org": "org.typelevel", "name": "cats-core_2.13", "version": "2.12.0",
     "artifacts": [], "configurations": ["compile", "runtime", "test"]},
    {"org": "org.scalatest", "name": "scalatest_2.13", "version": "3.2.19",
     "artifacts": [], "configurations": ["test"]}
  ]
}""",
    ),
    expect=(
        "pkg:maven/org.typelevel/cats-core_2.13@2.12.0",
        "pkg:maven/org.scalatest/scalatest_2.13@3.2.19",
    ),
)
def sbt_lock(file: File) -> Iterator[Package]:
    """Yield every module; those that neither compiling nor running needs are for development."""
    for module in file.json(Lock).dependencies:
        yield Package(
            type="maven",
            namespace=module.org,
            name=module.name,
            version=module.version,
            path=file.path,
            declared=True,
            development=bool(module.configurations) and _RUN.isdisjoint(module.configurations),
        )
