"""pom.xml: the modules that a Maven project asks for.

Format: https://maven.apache.org/pom.html
"""

from collections.abc import Iterator, Mapping, Sequence
from pyexpat import ExpatError, ParserCreate
from re import ASCII
from re import compile as regex

from msgspec import Struct

from hullmark.menders import mender
from hullmark.model import File, ParseError, xml
from hullmark.model.leaves import bounded
from hullmark.model.mending import Before, Edit, Left, Wanted

_OPEN = regex(r"<[A-Za-z_][A-Za-z0-9_.:-]*[ \t\r\n]*>", ASCII).match
_PROPERTY = regex(r"\$\{([^${}]{1,200})\}\Z", ASCII).match
_TAIL = regex(r"[.-][A-Za-z]+\Z", ASCII).search
_PLAIN = regex(r"[0-9A-Za-z][0-9A-Za-z._+-]*\Z", ASCII).match

MAX_STEPS = 10
"""Properties that one leads to by its value, each on to the next."""


class Text(Struct, frozen=True):
    """What an element of text alone says, and where; others say nothing."""

    start: int
    end: int
    said: str


class Node(Struct):
    """An element whose texts are asked for by name."""

    path: tuple[str, ...]
    texts: dict[str, Text]


def parents(file: File) -> Iterator[str]:
    """Where the parent lies, if there is one: beside, as it is said, or in the folder above."""
    for node in _nodes(file):
        if node.path == ("project", "parent"):
            said = node.texts.get("relativePath", Text(0, 0, "../pom.xml")).said
            if said:
                yield from (said, f"{said}/pom.xml")


@mender(
    id="pom-xml",
    types=("maven",),
    names=("pom.xml",),
    leads=parents,
    example=File(
        path="pom.xml",
        content=b"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <groupId>org.grove</groupId><artifactId>grove</artifactId><version>1.0</version>
  <properties><oak.version>2.1</oak.version><!-- see below --></properties>
  <dependencyManagement><dependencies>
    <dependency><groupId>org.leaf</groupId><artifactId>leaf</artifactId>
      <version>1.0</version></dependency>
  </dependencies></dependencyManagement>
  <dependencies>
    <dependency><groupId>org.oak</groupId><artifactId>oak</artifactId>
      <version>${oak.version}</version></dependency>
    <dependency><groupId>org.leaf</groupId><artifactId>leaf</artifactId></dependency>
  </dependencies>
</project>
""",
    ),
    wanted=(
        Wanted(type="maven", name="org.oak:oak", version="2.1", to="2.1.4"),
        Wanted(type="maven", name="org.leaf:leaf", version="1.0", to="1.0.1"),
    ),
    expect=b"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <groupId>org.grove</groupId><artifactId>grove</artifactId><version>1.0</version>
  <properties><oak.version>2.1.4</oak.version><!-- see below --></properties>
  <dependencyManagement><dependencies>
    <dependency><groupId>org.leaf</groupId><artifactId>leaf</artifactId>
      <version>1.0.1</version></dependency>
  </dependencies></dependencyManagement>
  <dependencies>
    <dependency><groupId>org.oak</groupId><artifactId>oak</artifactId>
      <version>${oak.version}</version></dependency>
    <dependency><groupId>org.leaf</groupId><artifactId>leaf</artifactId></dependency>
  </dependencies>
</project>
""",
)
def pom_xml(file: File, wanted: Wanted, before: Before) -> Iterator[Edit | Left]:
    """Bring a dependency to another version: where it stands, or the property that says it.

    A property of a parent is changed there. What a parent or an imported list outside of the
    tree says is left.
    """
    nodes = _nodes(file)
    properties = _properties(nodes)
    if wanted.by:
        yield from _property(properties, wanted.by, wanted, before)
        return
    known = _known(nodes)
    asked: dict[str, None] = {}
    for node in nodes:
        if node.path[-1] == "dependency" and _name(node, known) == wanted.name:
            version = node.texts.get("version")
            if version is None:
                yield Left("its version is set by a parent or an imported list")
            elif not version.said:
                yield Left("its version holds a comment, a section or an attribute")
            elif match := _PROPERTY(version.said):
                asked[match[1]] = None
            elif version.said == wanted.version:
                yield _changed(version, wanted)
            else:
                yield Left(f"it asks for another version, {version.said!r}")
    for name in asked:
        yield from _property(properties, name, wanted, before)


def _properties(nodes: Sequence[Node]) -> Mapping[str, Sequence[Text]]:
    """The values of each property, of the project and of its profiles."""
    found: dict[str, list[Text]] = {}
    for node in nodes:
        if node.path[-1] == "properties":
            for name, text in node.texts.items():
                found.setdefault(name, []).append(text)
    return found


def _property(
    properties: Mapping[str, Sequence[Text]], name: str, wanted: Wanted, before: Before
) -> Iterator[Edit | Left]:
    """A property, or those that it leads to, where the value comes before the version wanted."""
    todo = [name]
    for step, at in enumerate(todo):
        if at not in properties:
            yield Left(f"its version is ${{{at}}}", by=at)
        for text in properties.get(at, ()):
            said = f"its version is ${{{at}}}, which is {text.said!r}"
            match = _PROPERTY(text.said)
            if match and match[1] not in todo and step < MAX_STEPS:
                todo.append(match[1])
            elif match or not _PLAIN(text.said):
                yield Left(said)
            elif before(text.said, wanted.to):
                yield _changed(text, wanted)
            else:
                yield Left(f"{said} already")


def _changed(text: Text, wanted: Wanted) -> Edit | Left:
    """Another version in its place; advisories leave out the ``.Final`` that repositories have."""
    tail = _TAIL(text.said)
    if tail and not _TAIL(wanted.to):
        return Left(f"{wanted.to} has no {tail[0]!r} as {text.said} has: which one is it?")
    return Edit(text.start, text.end, wanted.to)


def _known(nodes: Sequence[Node]) -> Mapping[str, str]:
    """What names of packages may be made of: properties, and what the project says of itself."""
    known: dict[str, str] = {}
    for holder in (("project", "parent"), ("project",), ("project", "properties")):
        for node in nodes:
            if node.path == holder:
                known |= {name: text.said for name, text in node.texts.items()}
    return known


def _name(node: Node, known: Mapping[str, str]) -> str:
    """Group and artifact, with what they take from the project itself or its properties."""
    return ":".join(_filled(node, key, known) for key in ("groupId", "artifactId"))


def _filled(node: Node, key: str, known: Mapping[str, str]) -> str:
    said = node.texts[key].said if key in node.texts else ""
    match = _PROPERTY(said)
    return known.get(match[1].removeprefix("project."), said) if match else said


def _nodes(file: File) -> list[Node]:
    """Every element that others stand in; ``ParseError`` for what is no project."""
    xml.root(file, "project")
    text = bounded(file)
    found: list[Node] = []
    opened: list[Node] = []
    parser = ParserCreate()

    def start(name: str, _: dict[str, str]) -> None:
        path = (*(opened[-1].path if opened else ()), name.rpartition(":")[2])
        match = _OPEN(text, parser.CurrentByteIndex)
        at = {"": Text(match.end(), 0, "")} if match else {}
        opened.append(Node(path, at))

    def end(_: str) -> None:
        node = opened.pop()
        begun = node.texts.pop("", None)
        until = parser.CurrentByteIndex
        said = text[begun.start : until] if begun else ""
        if opened and ("<" in said or "&" in said or not begun):
            opened[-1].texts.setdefault(node.path[-1], Text(0, 0, ""))
        elif opened and begun:
            lead = len(said) - len(said.lstrip(" \t\r\n"))
            said = said.strip(" \t\r\n")
            at = begun.start + lead
            opened[-1].texts.setdefault(node.path[-1], Text(at, at + len(said), said))
        found.append(node)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(file.data, True)  # noqa: FBT003 - expat's own signature
    except ExpatError as error:
        raise ParseError(file.path, f"not the XML expected: {error}") from error
    return [node for node in found if node.texts]
