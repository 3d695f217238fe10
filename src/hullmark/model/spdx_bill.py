"""What SPDX documents have in common, whether written as JSON, as tags and values, or as 3.0.

Format: https://spdx.github.io/spdx-spec/v2.3/
"""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from hullmark.model import bill
from hullmark.model.artifact import Distribution
from hullmark.model.facts import Package
from hullmark.model.file import File
from hullmark.model.spdx_document import DOCUMENT, Document

_SYSTEMS = frozenset(("OPERATING-SYSTEM", "OPERATING_SYSTEM", "OPERATINGSYSTEM"))
_LIBRARIES = frozenset(("", "LIBRARY", "FRAMEWORK"))
_DEVELOPMENT = frozenset(("DEV_DEPENDENCY_OF", "TEST_DEPENDENCY_OF", "BUILD_DEPENDENCY_OF"))
_NEEDED = frozenset(("DEPENDENCY_OF", "RUNTIME_DEPENDENCY_OF", *_DEVELOPMENT))


class Element(Struct, kw_only=True):
    """A package in SPDX's sense; ``purpose`` in capitals, ``source_info`` as it stands."""

    ref: str
    name: str = ""
    version: str = ""
    purl: str = ""
    licences: Sequence[str] = ()
    purpose: str = ""
    source_info: str = ""


def of_document(
    file: File, document: Document, spelled: Callable[[str], str]
) -> Iterator[Package | Distribution]:
    """Packages of a document of version 2; ``spelled`` makes an expression of a licence."""
    elements = [
        Element(
            ref=each.spdx_id,
            name=each.name,
            version=each.version_info,
            purl=each.purl,
            licences=[spelled(each.licence)],
            purpose=each.primary_package_purpose,
            source_info=each.source_info,
        )
        for each in document.packages or ()
    ]
    yield from packages(file, elements, list(document.relations()))


def packages(
    file: File, elements: Sequence[Element], relations: Sequence[tuple[str, str, str]]
) -> Iterator[Package | Distribution]:
    """Packages of a document with these relations: one element, its kind in capitals, another.

    What the document describes is no package of it, unless it describes all that it lists. Only
    what no other package needs at run time is for development.
    """
    described = {other for one, kind, other in relations if (one, kind) == (DOCUMENT, "DESCRIBES")}
    if described.issuperset(each.ref for each in elements):
        described = set()
    needs: dict[str, list[str]] = {}
    building: set[str] = set()
    running: set[str] = set()
    for one, kind, other in relations:
        if kind == "DEPENDS_ON":
            needs.setdefault(one, []).append(other)
            running |= {other} if one not in described else set()
        elif kind in _NEEDED:
            needs.setdefault(other, []).append(one)
            (building if kind in _DEVELOPMENT else running).add(one)
    for_development = building - running
    system = next((each for each in elements if each.purpose in _SYSTEMS), None)
    listed = [each for each in elements if each.ref not in described and each is not system]
    yield from bill.packages(
        file,
        [_component(each, each.ref in for_development) for each in listed],
        needs,
        bill.distribution(file, system.name, system.version) if system else None,
    )


def _component(each: Element, development: bool) -> bill.Component:  # noqa: FBT001 - one caller
    told = dict(part.partition(": ")[::2] for part in each.source_info.split("; "))
    source, _, source_version = told.get("source", "").partition(" ")
    named = {
        "hullmark:path": told.get("path", ""),
        "hullmark:source": source,
        "hullmark:source-version": source_version,
        "hullmark:vendor": told.get("vendor", ""),
        "hullmark:direct": {"yes": "true", "no": "false"}.get(told.get("direct", ""), ""),
    }
    return bill.Component(
        ref=each.ref,
        version=each.version,
        purl=each.purl,
        licences=each.licences,
        properties={key: value for key, value in named.items() if value},
        counts=each.purpose in _LIBRARIES,
        development=development or told.get("development") == "yes",
    )
