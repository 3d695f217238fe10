"""SPDX 3.0 documents in JSON-LD.

Format: https://spdx.github.io/spdx-spec/v3.0.1/serializations/
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from hullmark.licences import spdx
from hullmark.model import Distribution, File, Package, ParseError, spdx_bill
from hullmark.model.spdx_document import DOCUMENT
from hullmark.unit import parser

_KINDS = {"dependsOn": "DEPENDS_ON", "describes": "DESCRIBES"}
_LICENCES = ("hasDeclaredLicense", "hasConcludedLicense")
_PURLS = frozenset(("packageUrl", "packageURL", "purl"))


class Identifier(Struct):
    """A name of the package elsewhere."""

    kind: str = field(name="externalIdentifierType", default="")
    identifier: str = ""


class Element(Struct):
    """One element of the graph, as far as it is read; which it is, ``type`` tells."""

    type: str = ""
    id: str = field(name="spdxId", default="")
    node: str = field(name="@id", default="")
    name: str = ""
    version: str = field(name="software_packageVersion", default="")
    url: str = field(name="software_packageUrl", default="")
    purpose: str = field(name="software_primaryPurpose", default="")
    source_info: str = field(name="software_sourceInfo", default="")
    identifiers: list[Identifier] | None = field(name="externalIdentifier", default=None)
    expression: str = field(name="simplelicensing_licenseExpression", default="")
    one: object = field(name="from", default=None)
    others: object = field(name="to", default=None)
    relation: str = field(name="relationshipType", default="")
    roots: object = field(name="rootElement", default=None)


class Document(Struct):
    """The graph, whose context tells the version."""

    graph: list[Element] | None = field(name="@graph", default=None)
    context: object = field(name="@context", default=None)


@parser(
    id="spdx-three-json",
    names=("*.spdx3.json", "*.spdx.jsonld"),
    declared=True,
    version=3,
    example=File(
        path="srv/shop.spdx3.json",
        content=b'{"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": ['
        b'{"type": "software_Package", "spdxId": "urn:os", "name": "debian",'
        b'"software_packageVersion": "12", "software_primaryPurpose": "operatingSystem"},'
        b'{"type": "software_Package", "spdxId": "urn:a", "name": "left",'
        b'"software_packageUrl": "pkg:npm/left@1.0.0"}, {"type": "software_Package",'
        b'"spdxId": "urn:b", "name": "right", "externalIdentifier": [{"externalIdentifierType":'
        b'"packageUrl", "identifier": "pkg:npm/right@2.0.0"}]}, {"type": "Relationship",'
        b'"from": "urn:a", "to": ["urn:b"], "relationshipType": "dependsOn"},'
        b'{"type": "simplelicensing_LicenseExpression", "spdxId": "urn:l",'
        b'"simplelicensing_licenseExpression": "MIT"}, {"type": "Relationship", "from": "urn:a",'
        b'"to": ["urn:l"], "relationshipType": "hasDeclaredLicense"}]}',
    ),
    expect=("distribution debian 12", "pkg:npm/left@1.0.0", "pkg:npm/right@2.0.0"),
)
def spdx_three_json(file: File) -> Iterator[Package | Distribution]:
    """Yield every software package that has a package URL, and the operating system.

    Roots of the document and of its bills are left out, as what they describe.
    """
    graph = file.json(Document).graph
    if graph is None:
        raise ParseError(file.path, "has no @graph")
    licences = {each.id or each.node: each.expression for each in graph if each.expression}
    stated: dict[str, list[str]] = {}
    relations: list[tuple[str, str, str]] = []
    for each in graph:
        for one, other in _pairs(each):
            if each.relation in _LICENCES:
                stated.setdefault(one, []).append(licences.get(other, ""))
            elif each.relation in _KINDS:
                relations.append((one, _KINDS[each.relation], other))
        if each.type in ("SpdxDocument", "software_Sbom", "Bom"):
            roots = (root for root in _names(each.roots))
            relations += [(DOCUMENT, "DESCRIBES", root) for root in roots]
    found = [_element(each, stated) for each in graph if each.type == "software_Package"]
    yield from spdx_bill.packages(file, found, relations)


def _pairs(each: Element) -> Iterator[tuple[str, str]]:
    for one in _names(each.one)[:1]:  # the model allows one
        for other in _names(each.others):
            yield one, other


def _names(value: object) -> list[str]:
    """References: one, several, or none."""
    listed = value if isinstance(value, list) else [value]
    return [name for name in listed if isinstance(name, str)]


def _element(each: Element, stated: Mapping[str, list[str]]) -> spdx_bill.Element:
    purls = (id.identifier for id in each.identifiers or () if id.kind in _PURLS)
    return spdx_bill.Element(
        ref=each.id or each.node,
        name=each.name,
        version=each.version,
        purl=each.url or next(purls, ""),
        licences=[spdx(text) for text in stated.get(each.id or each.node, [])[:1]],
        purpose=each.purpose.upper(),
        source_info=each.source_info,
    )
