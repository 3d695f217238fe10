"""SPDX documents of version 2, as far as they are read: in JSON, or as tags and values.

Format: https://spdx.github.io/spdx-spec/v2.3/
"""

from collections.abc import Iterator

from msgspec import Struct, field

from hullmark.model.errors import ParseError
from hullmark.model.file import File

DOCUMENT = "SPDXRef-DOCUMENT"
"""The document itself, among the ends of relationships."""

SILENT = frozenset(("", "NOASSERTION", "NONE"))
"""Statements on licences that name none."""

MAX_LINES = 5_000_000
"""A document of an image lists each of its files with four lines."""

_TEXT, _END = "<text>", "</text>"
_FIELDS = {
    "PackageVersion": "version_info",
    "PackageSourceInfo": "source_info",
    "PrimaryPackagePurpose": "primary_package_purpose",
    "PackageLicenseDeclared": "license_declared",
    "PackageLicenseConcluded": "license_concluded",
}
_OTHER_ELEMENTS = frozenset(("FileName", "SnippetSPDXID", "LicenseID"))
_WORDS = 3
"""Of a relationship, and of a reference: category, type and locator."""


class Reference(Struct, rename="camel"):
    """A name that somebody else gives a package."""

    reference_type: str = ""
    reference_locator: str = ""


class Described(Struct, rename="camel"):
    """One package of a document."""

    spdx_id: str = field(name="SPDXID", default="")
    name: str = ""
    version_info: str = ""
    source_info: str = ""
    primary_package_purpose: str = ""
    license_declared: str = ""
    license_concluded: str = ""
    external_refs: list[Reference] | None = None

    @property
    def purl(self) -> str:
        """The first package URL that it is known by; empty without one."""
        purls = (each for each in self.external_refs or () if each.reference_type == "purl")
        first = next(purls, None)
        return first.reference_locator if first else ""

    @property
    def licence(self) -> str:
        """The licence declared, else the one concluded; empty where neither is stated."""
        stated = (self.license_declared, self.license_concluded)
        return next((text for text in stated if text not in SILENT), "")


class Relationship(Struct, rename="camel"):
    """One package describes, contains or needs another."""

    spdx_element_id: str = ""
    relationship_type: str = ""
    related_spdx_element: str = ""


class Document(Struct, rename="camel"):
    """The parts of a document that are read."""

    spdx_version: str = ""
    packages: list[Described] | None = None
    relationships: list[Relationship] | None = None
    document_describes: list[str] | None = None

    def relations(self) -> Iterator[tuple[str, str, str]]:
        """One element, its kind in capitals, another; what the document describes among them."""
        for each in self.relationships or ():
            yield each.spdx_element_id, each.relationship_type, each.related_spdx_element
        for other in self.document_describes or ():
            yield DOCUMENT, "DESCRIBES", other


def spdx_document(file: File) -> Document:
    """The file in whichever of the two forms it is; ``ParseError`` when it is in neither."""
    start = file.read(0, 64).lstrip(b"\xef\xbb\xbf \t\r\n")
    return file.json(Document) if start.startswith(b"{") else tagged(file)


def tagged(file: File) -> Document:
    """A document of tags and values; ``ParseError`` for what is none of version 2."""
    version = ""
    packages: list[Described] = []
    relationships: list[Relationship] = []
    current = Described()
    for tag, value in _pairs(file):
        if tag == "SPDXVersion":
            version = value
        elif tag == "PackageName":
            current = Described(name=value, external_refs=[])
            packages.append(current)
        elif tag in _OTHER_ELEMENTS:
            current = Described()
        elif tag == "Relationship":
            relationships.append(Relationship(*value.split()[:_WORDS]))
        else:
            _tell(current, tag, value)
    return checked(file, Document(version, packages, relationships))


def checked(file: File, document: Document) -> Document:
    """The same, if it says that it is of version 2."""
    if not document.spdx_version.startswith("SPDX-2."):
        said = document.spdx_version[:40]
        raise ParseError(
            file.path, f"is no SPDX 2 document but {said!r}" if said else "no SPDX document"
        )
    return document


def _tell(current: Described, tag: str, value: str) -> None:
    """One line about a package."""
    if tag == "SPDXID" and not current.spdx_id:
        current.spdx_id = value
    elif tag in _FIELDS:
        setattr(current, _FIELDS[tag], value)
    elif tag == "ExternalRef" and current.external_refs is not None:
        words = value.split()
        if len(words) == _WORDS:
            current.external_refs.append(Reference(words[1], words[2]))


def _pairs(file: File) -> Iterator[tuple[str, str]]:
    """Tags with their values; a value in ``<text>`` may have several lines."""
    lines = file.data.decode(errors="replace").split("\n", MAX_LINES)
    if len(lines) > MAX_LINES:
        raise ParseError(file.path, f"more than {MAX_LINES} lines")
    inside = iter(lines)
    for line in inside:
        tag, colon, value = line.partition(":")
        if not colon or tag.startswith("#"):
            continue
        value = value.strip()
        if value.startswith(_TEXT):
            said = [value]
            while _END not in said[-1]:
                more = next(inside, None)
                if more is None:
                    raise ParseError(file.path, f"the text of {tag[:40]} does not end")
                said.append(more)
            value = "\n".join(said).removeprefix(_TEXT).partition(_END)[0]
        yield tag.strip(), value
