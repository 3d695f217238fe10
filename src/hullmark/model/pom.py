"""What a pom.xml says, before anybody inherits from it: properties are not filled in.

Format: https://maven.apache.org/pom.html
"""

from collections.abc import Mapping

from msgspec import Struct


class Asked(Struct, frozen=True, array_like=True):
    """One dependency, asked for or managed, as it is written."""

    group: str
    artifact: str
    version: str = ""
    scope: str = ""
    type: str = ""
    classifier: str = ""


class Parent(Struct, frozen=True, array_like=True):
    """Whom a project inherits from; ``relative`` is where it lies, empty for a repository."""

    group: str
    artifact: str
    version: str
    relative: str


class Part(Struct, frozen=True, array_like=True):
    """What a project, or one of its profiles, sets, manages and asks for."""

    properties: Mapping[str, str] = {}
    managed: tuple[Asked, ...] = ()
    asked: tuple[Asked, ...] = ()


class Pom(Struct, frozen=True, kw_only=True, tag_field="fact", tag=True):
    """One project; ``group`` and ``version`` are empty where they are inherited.

    ``stored`` is true in a local repository: others inherit from it, nobody builds it here.
    """

    group: str = ""
    artifact: str
    version: str = ""
    parent: Parent | None = None
    part: Part = Part()
    profiles: tuple[Part, ...] = ()
    stored: bool = False

    @property
    def said_group(self) -> str:
        """Its own group or that of its parent."""
        return self.group or (self.parent.group if self.parent else "")

    @property
    def said_version(self) -> str:
        """Its own version or that of its parent."""
        return self.version or (self.parent.version if self.parent else "")
