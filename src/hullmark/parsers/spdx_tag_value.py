"""SPDX documents as tags and values, versions 2.2 and 2.3.

Format: https://spdx.github.io/spdx-spec/v2.3/
"""

from collections.abc import Iterator

from hullmark.licences import spdx
from hullmark.model import Distribution, File, Package, ParseError, bill, spdx_bill
from hullmark.unit import parser

MAX_LINES = 5_000_000
"""A document of an image lists each of its files with four lines."""

_TEXT, _END = "<text>", "</text>"
_FIELDS = {
    "PackageVersion": "version",
    "PrimaryPackagePurpose": "purpose",
    "PackageSourceInfo": "source_info",
}
_BITNAMI = "opt/bitnami/"
"""Whose documents, JSON by that name, describe the very components that are there."""

_LICENCES = ("PackageLicenseDeclared", "PackageLicenseConcluded")
_OTHER_ELEMENTS = frozenset(("FileName", "SnippetSPDXID", "LicenseID"))


@parser(
    id="spdx-tag-value",
    names=("*.spdx",),
    declared=True,
    example=File(
        path="srv/shop.spdx",
        content=b"SPDXVersion: SPDX-2.3\nSPDXID: SPDXRef-DOCUMENT\n\n"
        b"PackageName: alpine\nSPDXID: SPDXRef-os\nPackageVersion: 3.20\n"
        b"PrimaryPackagePurpose: OPERATING-SYSTEM\n\n"
        b"PackageName: left\nSPDXID: SPDXRef-a\nPackageLicenseDeclared: MIT\n"
        b"ExternalRef: PACKAGE-MANAGER purl pkg:npm/left@1.0.0\n\n"
        b"PackageName: right\nSPDXID: SPDXRef-b\nPackageComment: <text>of\nseveral: lines</text>\n"
        b"ExternalRef: PACKAGE-MANAGER purl pkg:npm/right@2.0.0\n\n"
        b"Relationship: SPDXRef-b DEV_DEPENDENCY_OF SPDXRef-a\n",
    ),
    expect=("distribution alpine 3.20", "pkg:npm/left@1.0.0", "pkg:npm/right@2.0.0"),
)
def spdx_tag_value(file: File) -> Iterator[Package | Distribution]:
    """Yield every package that has a package URL, and the operating system, as from JSON.

    Bitnami's documents in images are read by a parser of their own.
    """
    if file.path.startswith(_BITNAMI):
        return
    elements: list[spdx_bill.Element] = []
    relations: list[tuple[str, str, str]] = []
    current = spdx_bill.Element(ref="")
    version = ""
    for tag, value in _pairs(file):
        if tag == "SPDXVersion":
            version = value
        elif tag == "PackageName":
            current = spdx_bill.Element(ref="", name=value)
            elements.append(current)
        elif tag in _OTHER_ELEMENTS:
            current = spdx_bill.Element(ref="")
        elif tag == "Relationship":
            one, _, rest = value.partition(" ")
            kind, _, other = rest.strip().partition(" ")
            relations.append((one, kind, other.strip()))
        else:
            _tell(current, tag, value)
    if not version.startswith("SPDX-2."):
        raise ParseError(file.path, f"is no SPDX 2 document but {version[:40]!r}")
    yield from spdx_bill.packages(file, elements, relations)


def _tell(element: spdx_bill.Element, tag: str, value: str) -> None:
    """One line about an element."""
    if tag == "SPDXID" and not element.ref:
        element.ref = value
    elif tag in _FIELDS:
        setattr(element, _FIELDS[tag], value)
    elif tag in _LICENCES and value not in bill.SILENT:
        if tag == _LICENCES[0] or not element.licences:
            element.licences = (spdx(value),)
    elif tag == "ExternalRef" and not element.purl:
        _, _, reference = value.partition(" ")
        kind, _, locator = reference.strip().partition(" ")
        element.purl = locator.strip() if kind == "purl" else ""


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
