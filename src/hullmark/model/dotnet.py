"""The libraries of a .NET application, as its ``deps.json`` lists them.

Format: https://github.com/dotnet/sdk/blob/main/documentation/specs/runtime-configuration-file.md
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from hullmark.model.facts import Package
from hullmark.model.file import File

_SHIPPED = frozenset(("package", "project", "runtimepack"))
"""Types of libraries that a build brings; others are found on the machine or are no library."""


class Assets(Struct, frozen=True, rename="camel"):
    """One library of a target: what it needs, and whether it brings any file."""

    dependencies: dict[str, str] = {}
    runtime: dict[str, object] = {}
    resources: dict[str, object] = {}
    native: dict[str, object] = {}
    runtime_targets: dict[str, object] = {}

    @property
    def shipped(self) -> bool:
        """Whether anything of it is there at run time; compilers' helpers bring nothing."""
        return bool(self.runtime or self.native or self.runtime_targets or self.resources)


class Library(Struct, frozen=True):
    """Where a library comes from."""

    type: str = ""


class Target(Struct, frozen=True):
    """The framework, and the platform if there is one, that is run on."""

    name: str = ""


class Dependencies(Struct, frozen=True, rename="camel"):
    """The whole file; keys of libraries are ``name/version``."""

    libraries: dict[str, Library]
    runtime_target: Target = Target()
    targets: dict[str, dict[str, Assets]] = {}


def libraries(file: File) -> Iterator[Package]:
    """Each library that was shipped, the application itself included."""
    listed = file.json(Dependencies)
    target = listed.targets.get(listed.runtime_target.name)
    shipped = {
        key: _package(file.path, key)
        for key, library in listed.libraries.items()
        if library.type.lower() in _SHIPPED
        and (target is None or key not in target or target[key].shipped)
    }
    yield from _related(shipped, target or {}, listed.libraries)


def _related(
    shipped: Mapping[str, Package], target: Mapping[str, Assets], known: Mapping[str, Library]
) -> Iterator[Package]:
    """With who needs whom; what no project asks for is there for another package."""
    purls = {key: package.purl for key, package in shipped.items()}
    needs = {
        key: [f"{name}/{version}" for name, version in target[key].dependencies.items()]
        for key in shipped
        if key in target
    }
    projects = {key for key in shipped if known[key].type.lower() == "project"}
    asked = {need for key in projects for need in needs.get(key, ())}
    for key, package in shipped.items():
        yield Package(
            type="nuget",
            name=package.name,
            version=package.version,
            path=package.path,
            direct=None if key in projects or not asked else key in asked,
            requires=tuple(purls[need] for need in needs.get(key, ()) if need in purls),
        )


def _package(path: str, key: str) -> Package:
    """A library by its key; a runtime that was shipped along carries a prefix."""
    name, _, version = key.partition("/")
    return Package(type="nuget", name=name.removeprefix("runtimepack."), version=version, path=path)
