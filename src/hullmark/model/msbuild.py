"""Projects of MSBuild: the packages that their items name, with their properties filled in.

Format: https://learn.microsoft.com/visualstudio/msbuild/msbuild-project-file-schema-reference
"""

from collections.abc import Collection, Iterator, Mapping
from re import compile as regex

from msgspec import Struct

from hullmark.model import xml
from hullmark.model.errors import ParseError
from hullmark.model.file import File
from hullmark.model.placeholders import filled

_PROPERTY = regex(r"\$\(([A-Za-z_][A-Za-z0-9_.-]{0,99})\)")


class Item(Struct, frozen=True):
    """One package that an item names; ``update`` is true of one that is named elsewhere.

    ``settings`` are the item's other attributes and elements, by lower-case name.
    """

    kind: str
    name: str
    update: bool
    settings: Mapping[str, str]


class Project(Struct, frozen=True):
    """The items of a project, and in how many of them a name stayed a property."""

    items: tuple[Item, ...]
    unnamed: int

    def versions(self) -> dict[str, str]:
        """Versions that are managed in one place, by lower-case name."""
        managed = [item for item in self.items if item.kind == "PackageVersion"]
        return {item.name.lower(): item.settings.get("version", "") for item in managed}

    def complain(self, file: File) -> None:
        """Raise ``ParseError`` when there is a package that the file alone does not name."""
        if self.unnamed:
            why = f"{self.unnamed} packages are named by properties that are not in the file"
            raise ParseError(file.path, why)


def project(file: File, *kinds: str) -> Project:
    """Items of these kinds, whatever their conditions."""
    root = xml.root(file, "Project")
    properties = {
        each.name.lower(): each.text
        for group in root.every("PropertyGroup")
        for each in group.children
    }
    found = list(_items(root, kinds, properties))
    named = tuple(
        item for item in found if not item.name.startswith("@(") and "$(" not in item.name
    )
    return Project(items=named, unnamed=len(found) - len(named))


def _items(
    root: xml.Element, kinds: Collection[str], properties: Mapping[str, str]
) -> Iterator[Item]:
    """Items of groups, also of those that are chosen between or made by targets."""
    groups = [
        *root.every("ItemGroup"),
        *root.every("Choose", "When", "ItemGroup"),
        *root.every("Choose", "Otherwise", "ItemGroup"),
        *root.every("Target", "ItemGroup"),
    ]

    def fill(text: str) -> str:
        return filled(text, _PROPERTY, lambda name: properties.get(name.lower()))

    for element in (each for group in groups for each in group.children if each.name in kinds):
        settings = {child.name.lower(): fill(child.text) for child in element.children}
        for key, value in element.attributes.items():
            settings[key.lower()] = fill(value)
        names = settings.get("include") or settings.get("update", "")
        for name in filter(None, map(str.strip, names.split(";"))):
            yield Item(element.name, name, "include" not in settings, settings)
