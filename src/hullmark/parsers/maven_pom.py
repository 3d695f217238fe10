"""pom.xml: the modules that a Maven project asks for.

Format: https://maven.apache.org/pom.html
"""

from collections.abc import Iterator

from hullmark.model import File, Package, xml
from hullmark.model.maven_project import modules
from hullmark.model.pom import Asked, Parent, Part, Pom
from hullmark.unit import parser

_ASKED = ("groupId", "artifactId", "version", "scope", "type", "classifier")


@parser(
    id="maven-pom",
    names=("pom.xml", "**/.m2/repository/**/*.pom"),
    declared=True,
    version=2,
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
        "project org.example:shop:1.0",
    ),
)
def maven_pom(file: File) -> Iterator[Package | Pom]:
    """Yield every module that the project or one of its profiles asks for, not what those need.

    Properties and versions come from the file, from its parents and from imported lists of
    versions, wherever these lie in what is scanned, local repositories of Maven included; what a
    parent asks for, its children ask for too. A version that is still unknown, or is a range, is
    left out and told of. Scope test means development.
    """
    pom = _pom(file)
    yield from (each for each in modules({file.path: pom}) if isinstance(each, Package))
    yield pom


def _pom(file: File) -> Pom:
    root = xml.root(file, "project")
    parent = root.find("parent")
    stored = file.name.endswith(".pom")
    return Pom(
        group=root.said("groupId"),
        artifact=root.said("artifactId"),
        version=root.said("version"),
        parent=_parent(parent) if parent else None,
        part=_part(root, stored=stored),
        profiles=() if stored else tuple(_part(each) for each in root.every("profiles", "profile")),
        stored=stored,
    )


def _parent(element: xml.Element) -> Parent:
    place = element.find("relativePath")
    relative = "../pom.xml" if place is None else place.text
    group, artifact, version = map(element.said, ("groupId", "artifactId", "version"))
    return Parent(group, artifact, version, relative)


def _part(element: xml.Element, *, stored: bool = False) -> Part:
    properties = element.find("properties")
    return Part(
        {each.name: each.text for each in properties.children} if properties else {},
        tuple(_asked(element, "dependencyManagement", "dependencies")),
        () if stored else tuple(_asked(element, "dependencies")),
    )


def _asked(element: xml.Element, *path: str) -> Iterator[Asked]:
    for each in element.every(*path, "dependency"):
        yield Asked(*map(each.said, _ASKED))
