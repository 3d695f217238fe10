"""VEX in CycloneDX 1.4 and later: vulnerabilities that have an analysis, to statements.

Format: https://cyclonedx.org/docs/1.6/json/#vulnerabilities_items_analysis
"""

from collections.abc import Iterator, Mapping
from re import Match
from re import compile as regex

from msgspec import Struct, field

from hullmark.model.errors import PolicyError
from hullmark.model.purl import parts
from hullmark.model.vex import (
    MAX_PRODUCTS,
    MAX_PURL_CHARS,
    Document,
    Product,
    Statement,
    Status,
    Whole,
    decoded,
    status_of,
)
from hullmark.model.vex_openvex import IMAGES
from hullmark.model.when import utc

MAX_COMPONENTS_DEEP = 20
STATES = {
    "resolved": Status.FIXED,
    "resolved_with_pedigree": Status.FIXED,
    "false_positive": Status.NOT_AFFECTED,
    "not_affected": Status.NOT_AFFECTED,
    "exploitable": Status.AFFECTED,
    "in_triage": Status.UNDER_INVESTIGATION,
}
JUSTIFICATIONS = {
    "code_not_present": "vulnerable_code_not_present",
    "code_not_reachable": "vulnerable_code_not_in_execute_path",
    "requires_configuration": "vulnerable_code_cannot_be_controlled_by_adversary",
    "requires_dependency": "vulnerable_code_not_in_execute_path",
    "requires_environment": "vulnerable_code_cannot_be_controlled_by_adversary",
    "protected_by_compiler": "inline_mitigations_already_exist",
    "protected_at_runtime": "inline_mitigations_already_exist",
    "protected_at_perimeter": "inline_mitigations_already_exist",
    "protected_by_mitigating_control": "inline_mitigations_already_exist",
}
"""The nearest of OpenVEX's words: CycloneDX has finer ones."""

_LINK = "urn:cdx:"
_DIGEST = "sha256:"
_PATH = "hullmark:path"
_ESCAPES = regex(r"(?:%[0-9A-Fa-f]{2})+").sub


class _Pair(Struct):
    name: str = ""
    value: object = None


class _Component(Struct):
    ref: str = field(name="bom-ref", default="")
    name: str = ""
    version: str = ""
    purl: str = ""
    properties: list[_Pair] | None = None
    components: "list[_Component] | None" = None


class _Named(Struct):
    name: str = ""


class _Metadata(Struct, frozen=True):
    component: _Component | None = None
    supplier: _Named | None = None
    authors: list[_Named] | None = None
    timestamp: str = ""


class _Analysis(Struct):
    state: str = ""
    justification: str = ""
    detail: str = ""
    first_issued: str = field(name="firstIssued", default="")
    last_updated: str = field(name="lastUpdated", default="")


class _Version(Struct):
    version: str = ""
    range: str = ""
    status: str = "affected"


class _Affected(Struct):
    ref: str
    versions: list[_Version] | None = None


class _Reference(Struct):
    id: str = ""


class _Vulnerability(Struct):
    id: str = ""
    references: list[_Reference] | None = None
    analysis: _Analysis | None = None
    recommendation: str = ""
    affects: list[_Affected] | None = None


class _Document(Struct):
    form: str = field(name="bomFormat")
    metadata: _Metadata = _Metadata()
    components: list[_Component] | None = None
    vulnerabilities: list[_Vulnerability] | None = None


def read(data: bytes, place: str) -> Document:
    """The statements of a document; ``PolicyError`` names what is wrong with it."""
    document = decoded(data, _Document, place)
    if document.form != "CycloneDX":
        raise PolicyError(place, f"{document.form[:40]!r} is not CycloneDX")
    known = dict(_known(document, place))
    found: list[Statement] = []
    unread = named = 0
    for number, each in enumerate(document.vulnerabilities or (), 1):
        if each.analysis is None or not each.analysis.state:
            continue
        at = f"{place}: vulnerability {number}"
        statement, missed = _statement(document, each, each.analysis, known, at)
        found.append(statement)
        unread += missed
        named += len(statement.products)
        if named > MAX_PRODUCTS:
            raise PolicyError(at, f"more than {MAX_PRODUCTS} products are named")
    found.sort(key=lambda statement: statement.time)
    return Document(place=place, statements=tuple(found), unread=unread)


def _statement(
    document: _Document,
    each: _Vulnerability,
    analysis: _Analysis,
    known: Mapping[str, Product],
    at: str,
) -> tuple[Statement, int]:
    """What is said of a vulnerability, and how many products cannot be compared."""
    status = status_of(analysis.state, STATES, at)
    if analysis.justification and analysis.justification not in JUSTIFICATIONS:
        raise PolicyError(at, f"{analysis.justification[:60]!r} is no justification of CycloneDX")
    ids = (each.id, *(reference.id for reference in each.references or ()))
    if not any(ids):
        raise PolicyError(at, "names no vulnerability")
    products: list[Product] = []
    unread = 0
    for affected in each.affects or ():
        product = known.get(affected.ref) or _linked(affected.ref)
        made = list(_versions(product, affected, status)) if product else []
        unread += not made
        products += made
    metadata = document.metadata
    authors = ", ".join(author.name for author in metadata.authors or ())
    told = analysis.last_updated or analysis.first_issued or metadata.timestamp
    statement = Statement(
        at=at,
        ids=tuple(dict.fromkeys(filter(None, ids))),
        status=status,
        products=tuple(products),
        justification=JUSTIFICATIONS.get(analysis.justification, ""),
        says=analysis.detail or ("" if status.clears else each.recommendation),
        author=authors or (metadata.supplier.name if metadata.supplier else ""),
        time=utc(told, at),
    )
    return statement, unread


def _versions(product: Product, affected: _Affected, status: Status) -> Iterator[Product]:
    """The product in the versions listed; ranges have no order here and are passed over."""
    if not affected.versions or product.package is None:
        yield product
        return
    for each in affected.versions:
        counts = status.clears or each.status == "affected"
        if each.version and counts:
            package = product.package._replace(version=each.version)
            yield Product(package=package, path=product.path, whole=product.whole)


def _linked(ref: str) -> Product | None:
    """A reference into another bill, which is a package URL or a digest where it says anything."""
    part = ref.partition("#")[2] if ref.startswith(_LINK) else ref
    if not part.startswith(("pkg:", _DIGEST)):
        part = _ESCAPES(_plain, part)
    if part.startswith(_DIGEST):
        return Product(whole=Whole(digests=(part,)))
    return _named(part)


def _plain(escapes: Match[str]) -> str:
    return bytes.fromhex(escapes[0].replace("%", "")).decode(errors="replace")


def _named(text: str) -> Product | None:
    purl = parts(text) if 0 < len(text) <= MAX_PURL_CHARS else None
    if purl is None:
        return None
    return Product(whole=Whole(purl=purl)) if purl.type in IMAGES else Product(package=purl)


def _known(document: _Document, place: str) -> Iterator[tuple[str, Product]]:
    """Components by reference, in and outside of components."""
    root = document.metadata.component
    waiting = [(component, 1) for component in document.components or ()]
    if root:
        yield root.ref, _root(root)
        waiting += [(component, 1) for component in root.components or ()]
    while waiting:
        component, depth = waiting.pop()
        if depth > MAX_COMPONENTS_DEEP:
            raise PolicyError(place, f"components nested deeper than {MAX_COMPONENTS_DEEP}")
        product = _named(component.purl)
        if component.ref and product and product.package:
            told = [pair.value for pair in component.properties or () if pair.name == _PATH]
            path = str(told[0]) if told else ""
            yield component.ref, Product(package=product.package, path=path)
        elif component.ref and product:
            yield component.ref, product
        waiting += [(each, depth + 1) for each in component.components or ()]


def _root(root: _Component) -> Product:
    """What the bill is of: an image by purl or digest, a package, or whatever has its name."""
    named = _named(root.purl)
    if named and named.package:
        return named
    digest = next((text for text in (root.version, root.ref) if text.startswith(_DIGEST)), "")
    purl = named.whole.purl if named and named.whole else None
    name = "" if purl or digest else root.name
    return Product(whole=Whole(purl=purl, digests=(digest,) if digest else (), name=name))
