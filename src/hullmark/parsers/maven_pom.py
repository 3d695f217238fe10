"""pom.xml: the modules that a Maven project asks for.

Format: https://maven.apache.org/pom.html
"""

from collections import ChainMap
from collections.abc import Iterator, Mapping
from re import compile as regex

from msgspec import Struct

from hullmark.model import File, Package, ParseError, xml
from hullmark.model.maven import exact
from hullmark.model.placeholders import filled
from hullmark.unit import parser

_PROPERTY = regex(r"\$\{([^${}]{1,200})\}")
_OWN = ("groupId", "artifactId", "version")


class Asked(Struct, frozen=True):
    """One dependency with its properties filled in as far as the file knows them."""

    group: str
    artifact: str
    version: str
    scope: str


@parser(
    id="maven-pom",
    names=("pom.xml",),
    declared=True,
    example=File(
        path="srv/pom.xml",
        content=b"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <groupId>org.example</groupId><artifactId>shop</artifactId><version>1.0</version>
  <properties><guava.version>33.2.1-jre</guava.version></properties>
  <dependencyManagement><dependencies>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-api</artifactId>
      <version>2.0.13</version></dependency>
  </dependencies></dependencyManagement>
  <dependencies>
    <dependency><groupId>com.google.guava</groupId><artifactId>guava</artifactId>
      <version>${guava.version}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-api</artifactId></dependency>
    <dependency><groupId>org.postgresql</groupId><artifactId>postgresql</artifactId></dependency>
    <dependency><groupId>junit</groupId><artifactId>junit</artifactId>
      <version>4.13.2</version><scope>test</scope></dependency>
  </dependencies>
</project>
""",
    ),
    expect=(
        "pkg:maven/com.google.guava/guava@33.2.1-jre",
        "pkg:maven/org.slf4j/slf4j-api@2.0.13",
        "pkg:maven/org.postgresql/postgresql",
        "pkg:maven/junit/junit@4.13.2",
    ),
)
def maven_pom(file: File) -> Iterator[Package]:
    """Yield every module that the project or one of its profiles asks for, not what those need.

    Properties and managed versions of this file are known, those of parents in other folders and
    of imported lists are not: such a version is left out, and so are ranges. Scope test means
    development.
    """
    root = xml.root(file, "project")
    properties = _properties(root)
    managed = _managed(root, properties)
    found: dict[str, Package] = {}
    unnamed = 0
    for part in (root, *root.every("profiles", "profile")):
        known = ChainMap(_listed(part), properties)
        versions = ChainMap(_managed(part, known), managed)
        for asked in _dependencies(part, known, "dependencies"):
            if not asked.artifact or "${" in asked.group + asked.artifact:
                unnamed += 1
                continue
            package = _package(file, asked, versions.get((asked.group, asked.artifact)))
            found.setdefault(package.purl, package)
    yield from found.values()
    if unnamed:
        why = f"{unnamed} modules are not named, or by properties that are not in the file"
        raise ParseError(file.path, why)


def _package(file: File, asked: Asked, managed: Asked | None) -> Package:
    """A dependency; what it leaves open is managed."""
    version = asked.version or (managed.version if managed else "")
    scope = asked.scope or (managed.scope if managed else "")
    return Package(
        type="maven",
        namespace=asked.group,
        name=asked.artifact,
        version=exact(version),
        path=file.path,
        declared=True,
        direct=True,
        development=scope == "test",
    )


def _properties(root: xml.Element) -> dict[str, str]:
    """What the project says of itself, under all names that Maven knows, and its properties."""
    parent = root.find("parent") or root
    known = {}
    for key in _OWN:
        inherited = parent.said(key)
        known[f"project.parent.{key}"] = inherited
        own = root.said(key) or (inherited if key != "artifactId" else "")
        known |= dict.fromkeys((key, f"pom.{key}", f"project.{key}"), own)
    return {key: value for key, value in (known | _listed(root)).items() if value}


def _listed(part: xml.Element) -> dict[str, str]:
    properties = part.find("properties")
    return {each.name: each.text for each in properties.children} if properties else {}


def _managed(part: xml.Element, known: Mapping[str, str]) -> dict[tuple[str, str], Asked]:
    """Managed versions by group and artifact; of several the first, as of a jar."""
    found: dict[tuple[str, str], Asked] = {}
    for each in _dependencies(part, known, "dependencyManagement", "dependencies"):
        found.setdefault((each.group, each.artifact), each)
    return found


def _dependencies(part: xml.Element, known: Mapping[str, str], *path: str) -> Iterator[Asked]:
    for each in part.every(*path, "dependency"):
        group, artifact, version, scope = (
            filled(each.said(key), _PROPERTY, known.get) for key in (*_OWN, "scope")
        )
        yield Asked(group, artifact, version, scope)
