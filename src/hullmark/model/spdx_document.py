"""SPDX documents that came with what they describe, as far as we read them.

Format: https://spdx.github.io/spdx-spec/v2.3/, in JSON or as tags and values.
"""

from itertools import pairwise

from msgspec import Struct

from hullmark.model.errors import ParseError
from hullmark.model.file import File

DOCUMENT = "SPDXRef-DOCUMENT"
"""The document itself, among the ends of relationships."""

SILENT = ("", "NOASSERTION", "NONE")
"""Statements on licences that name none."""

_WORDS = 3
"""Of a relationship, and of a reference: category, type and locator."""


class Reference(Struct, frozen=True):
    """A name that somebody else gives a package; we look for its purl."""

    referenceType: str = ""  # noqa: N815 - SPDX's spelling
    referenceLocator: str = ""  # noqa: N815


class Described(Struct, frozen=True):
    """One package of an SPDX document."""

    SPDXID: str = ""
    name: str = ""
    licenseDeclared: str = ""  # noqa: N815 - SPDX's spelling
    externalRefs: tuple[Reference, ...] = ()  # noqa: N815


class Relationship(Struct, frozen=True):
    """One package describes, contains or needs another."""

    spdxElementId: str  # noqa: N815 - SPDX's spelling
    relationshipType: str  # noqa: N815
    relatedSpdxElement: str  # noqa: N815


class Document(Struct, frozen=True):
    """The parts of an SPDX document that are read."""

    packages: tuple[Described, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    documentDescribes: tuple[str, ...] = ()  # noqa: N815 - SPDX's spelling


def spdx_document(file: File) -> Document:
    """The file in whichever of the two forms it is; ``ParseError`` when it is in neither."""
    start = file.read(0, 64).lstrip(b"\xef\xbb\xbf \t\r\n")
    return file.json(Document) if start.startswith(b"{") else _tagged(file)


def _tagged(file: File) -> Document:
    """A document of tags and values, one a line; texts of several lines are not looked into."""
    lines = [line.partition(":") for line in file.text().splitlines()]
    pairs = [(tag, value.strip()) for tag, colon, value in lines if colon]
    starts = [index for index, (tag, _) in enumerate(pairs) if tag == "PackageName"]
    if not starts or pairs[0][0] != "SPDXVersion":
        raise ParseError(file.path, "no SPDX document")
    packages = []
    for begin, end in pairwise((*starts, len(pairs))):
        fields = dict(pairs[begin:end])
        words = [value.split() for tag, value in pairs[begin:end] if tag == "ExternalRef"]
        packages.append(
            Described(
                SPDXID=fields.get("SPDXID", ""),
                name=fields.get("PackageName", ""),
                licenseDeclared=fields.get("PackageLicenseDeclared", ""),
                externalRefs=tuple(
                    Reference(referenceType=kind, referenceLocator=locator)
                    for _, kind, locator in (each for each in words if len(each) == _WORDS)
                ),
            )
        )
    said = [value.split() for tag, value in pairs if tag == "Relationship"]
    relationships = tuple(Relationship(*each) for each in said if len(each) == _WORDS)
    return Document(packages=tuple(packages), relationships=relationships)
