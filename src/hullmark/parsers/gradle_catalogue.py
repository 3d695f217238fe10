"""libs.versions.toml: the modules and plugins that a Gradle build may refer to by alias.

Format: https://docs.gradle.org/current/userguide/version_catalogs.html
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from hullmark.model import File, Package, ParseError
from hullmark.model.maven import exact
from hullmark.unit import parser


class Version(Struct, frozen=True):
    """A version of its own or by reference; what is preferred is taken before what is allowed."""

    ref: str = ""
    prefer: str = ""
    strictly: str = ""
    require: str = ""


class Library(Struct, frozen=True):
    """One module: ``module`` is ``group:name``."""

    module: str = ""
    group: str = ""
    name: str = ""
    version: str | Version = ""


class Plugin(Struct, frozen=True):
    """One plugin of the build."""

    id: str
    version: str | Version = ""


class Catalogue(Struct, frozen=True):
    """The file; short forms are ``group:name:version`` and ``id:version``."""

    versions: dict[str, str | Version] = {}
    libraries: dict[str, str | Library] = {}
    plugins: dict[str, str | Plugin] = {}


@parser(
    id="gradle-catalogue",
    names=("*.versions.toml",),
    declared=True,
    example=File(
        path="srv/gradle/libs.versions.toml",
        content=b"""\
[versions]
guava = "33.2.1-jre"

[libraries]
guava = { module = "com.google.guava:guava", version.ref = "guava" }
slf4j = "org.slf4j:slf4j-api:2.0.13"
okio = { group = "com.squareup.okio", name = "okio", version = { strictly = "[3, 4[" } }

[plugins]
shadow = { id = "com.gradleup.shadow", version = "8.3.0" }
""",
    ),
    expect=(
        "pkg:maven/com.google.guava/guava@33.2.1-jre",
        "pkg:maven/org.slf4j/slf4j-api@2.0.13",
        "pkg:maven/com.squareup.okio/okio",
        "pkg:maven/com.gradleup.shadow/com.gradleup.shadow.gradle.plugin@8.3.0",
    ),
)
def gradle_catalogue(file: File) -> Iterator[Package]:
    """Yield every module and plugin of the catalogue, whether or not a project refers to it.

    A version that floats, is a range or comes from a platform is left out. Plugins help to build.
    """
    listed = file.toml(Catalogue)
    unnamed = 0
    for library in map(_library, listed.libraries.values()):
        group, _, name = (library.module or f"{library.group}:{library.name}").partition(":")
        if group and name:
            yield _package(file, group, name, _version(library.version, listed.versions))
        else:
            unnamed += 1
    for each in listed.plugins.values():
        plugin = Plugin(*each.split(":", 1)) if isinstance(each, str) else each
        version = _version(plugin.version, listed.versions)
        yield _package(file, plugin.id, f"{plugin.id}.gradle.plugin", version, development=True)
    if unnamed:
        raise ParseError(file.path, f"{unnamed} libraries have no group and name")


def _library(stated: str | Library) -> Library:
    if isinstance(stated, Library):
        return stated
    group, name, version = (*stated.split(":"), "", "", "")[:3]
    return Library(group=group, name=name, version=version)


def _version(stated: str | Version, versions: Mapping[str, str | Version]) -> str:
    """One version, if the catalogue names one; references do not chain."""
    if isinstance(stated, Version) and stated.ref:
        stated = versions.get(stated.ref, "")
    if isinstance(stated, Version):
        stated = stated.prefer or stated.strictly or stated.require
    return exact(stated)


def _package(
    file: File, group: str, name: str, version: str, *, development: bool = False
) -> Package:
    return Package(
        type="maven",
        namespace=group,
        name=name,
        version=version,
        path=file.path,
        declared=True,
        development=development,
    )
