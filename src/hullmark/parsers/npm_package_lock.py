"""package-lock.json and npm-shrinkwrap.json: the exact packages of an npm project.

Format: package-lock.json of the npm documentation. Version 1 nests
``dependencies``; version 2 adds ``packages``, keyed by folder; version 3 has these alone.
"""

from collections.abc import Iterator

from msgspec import Struct

from hullmark.licences import spdx
from hullmark.model import File, Package, ParseError
from hullmark.unit import parser


class Folder(Struct):
    """One of ``packages``; ``link`` is true for a link to a folder of the project's."""

    name: str = ""
    version: str = ""
    link: bool = False
    license: object = None


class Dependency(Struct):
    """One of version 1's ``dependencies``; where it is from may stand as its version."""

    version: str = ""
    dependencies: dict[str, "Dependency"] = {}


class Lock(Struct, rename="camel"):
    """A whole lock; ``packages`` tells all that ``dependencies`` does."""

    lockfile_version: object = None
    packages: dict[str, Folder] | None = None
    dependencies: dict[str, Dependency] | None = None


@parser(
    id="npm-package-lock",
    names=("package-lock.json", "npm-shrinkwrap.json"),
    declared=True,
    example=File(
        path="srv/package-lock.json",
        content=b'{"lockfileVersion": 3, "packages": {"": {"name": "app", "version": "1.0.0"},'
        b'"node_modules/@oak/tree": {"version": "2.1.0", "license": "MIT"},'
        b'"node_modules/leaf": {"resolved": "leaf", "link": true}}}',
    ),
    expect=("pkg:npm/%40oak/tree@2.1.0",),
)
def npm_package_lock(file: File) -> Iterator[Package]:
    """Yield every package, whether for use or development, under its real name.

    The project, its workspaces and folders linked into it are left out. Version 1 does not
    tell the version of what comes from elsewhere than a registry; such a package has none. A
    lock inside ``node_modules`` yields nothing: npm reads none there but shrinkwraps.
    """
    if file.name == "package-lock.json" and "/node_modules/" in f"/{file.path}":
        return
    lock = file.json(Lock)
    if lock == Lock():
        raise ParseError(file.path, "none of lockfileVersion, packages and dependencies in it")
    packages, dependencies = lock.packages, lock.dependencies
    found = _nested(dependencies or {}) if packages is None else _folders(packages)
    seen: set[tuple[str, str]] = set()
    for name, version, licence in found:
        if (name, version) not in seen:
            seen.add((name, version))
            namespace, _, base = name.rpartition("/")
            yield Package(
                type="npm",
                namespace=namespace,
                name=base,
                version=version,
                path=file.path,
                licences=(licence,) if licence else (),
                declared=True,
            )


def _folders(packages: dict[str, Folder]) -> Iterator[tuple[str, str, str]]:
    """Name, version and licence of what lies in a ``node_modules``."""
    for path, each in packages.items():
        _, below, name = f"/{path}".rpartition("/node_modules/")
        if below and not each.link and each.version:
            text = each.license if isinstance(each.license, str) else ""
            yield each.name or name, each.version, spdx(text)


def _nested(dependencies: dict[str, Dependency]) -> Iterator[tuple[str, str, str]]:
    """Names and versions from all depths; version 1 knows no licences."""
    levels = [dependencies]
    for level in levels:
        for name, each in level.items():
            levels.append(each.dependencies)
            if each.version.startswith("npm:"):
                real, _, version = each.version[4:].rpartition("@")
                yield real, version, ""
            elif not each.version.startswith("file:") or each.version.endswith((".tgz", ".tar")):
                yield name, _version(name, each.version), ""


def _version(name: str, text: str) -> str:
    """A version, or the one in the URL of a registry's tarball; other places tell none."""
    if ":" not in text and "/" not in text:
        return text
    _, registry, tarball = text.partition("#")[0].partition("?")[0].rpartition("/-/")
    start = f"{name.rpartition('/')[2]}-"
    if registry and tarball.startswith(start) and tarball.endswith(".tgz"):
        return tarball[len(start) : -len(".tgz")]
    return ""
