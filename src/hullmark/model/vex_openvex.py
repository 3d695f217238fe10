"""OpenVEX 0.2.0, and the older 0.0.x, to statements.

Format: https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from hullmark.model.errors import PolicyError
from hullmark.model.purl import Parts, parts
from hullmark.model.vex import (
    JUSTIFICATIONS,
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
from hullmark.model.when import utc

CONTEXT = "https://openvex.dev/ns"
IMAGES = frozenset(("oci", "docker"))
"""purl types of what holds packages."""

_HASH = "sha-256"
_STATUSES = {status.value: status for status in Status}


class _Component(Struct):
    """A product, or a part of one."""

    id: str = field(name="@id", default="")
    identifiers: Mapping[str, str] = {}
    hashes: Mapping[str, str] = {}
    subcomponents: "list[_Component] | None" = None


class _Vulnerability(Struct):
    id: str = field(name="@id", default="")
    name: str = ""
    aliases: list[str] = []


class _Statement(Struct):
    vulnerability: _Vulnerability | str
    status: str
    products: list[_Component | str] | None = None
    subcomponents: list[_Component | str] | None = None
    timestamp: str = ""
    last_updated: str = ""
    justification: str = ""
    impact_statement: str = ""
    action_statement: str = ""
    status_notes: str = ""
    supplier: str = ""


class _Document(Struct):
    context: str = field(name="@context")
    statements: list[_Statement]
    author: str = ""
    timestamp: str = ""


def read(data: bytes, place: str) -> Document:
    """The statements of a document, oldest first; ``PolicyError`` names what is wrong with it."""
    document = decoded(data, _Document, place)
    if not document.context.startswith(CONTEXT):
        raise PolicyError(place, f"{document.context[:60]!r} is no context of OpenVEX")
    found: list[Statement] = []
    unread = named = 0
    for number, each in enumerate(document.statements, 1):
        at = f"{place}: statement {number}"
        products, missed = _products(each, at)
        unread += missed
        named += len(products)
        if named > MAX_PRODUCTS:
            raise PolicyError(at, f"more than {MAX_PRODUCTS} products are named")
        found.append(_statement(document, each, products, at))
    found.sort(key=lambda statement: statement.time)
    return Document(place=place, statements=tuple(found), unread=unread)


def _statement(
    document: _Document, each: _Statement, products: tuple[Product, ...], at: str
) -> Statement:
    status = status_of(each.status, _STATUSES, at)
    if each.justification and each.justification not in JUSTIFICATIONS:
        raise PolicyError(at, f"{each.justification[:60]!r} is no justification of OpenVEX")
    if status is Status.NOT_AFFECTED and not (each.justification or each.impact_statement):
        raise PolicyError(at, "says not_affected without justification or impact_statement")
    known = each.vulnerability
    ids = (known,) if isinstance(known, str) else (known.name, *known.aliases)
    if not ids[0] and not isinstance(known, str):
        ids = (known.id.rstrip("/").rpartition("/")[2], *known.aliases)
    if not any(ids):
        raise PolicyError(at, "names no vulnerability")
    says = each.impact_statement or each.action_statement or each.status_notes
    return Statement(
        at=at,
        ids=tuple(dict.fromkeys(filter(None, ids))),
        status=status,
        products=products,
        justification=each.justification,
        says=says,
        author=each.supplier or document.author,
        time=utc(each.last_updated or each.timestamp or document.timestamp, at),
    )


def _products(each: _Statement, at: str) -> tuple[tuple[Product, ...], int]:
    """Products with their parts, and how many name nothing that can be compared."""
    older = [purl for part in each.subcomponents or () for purl in _purls(_component(part))]
    found: list[Product] = []
    unread = 0
    for product in map(_component, each.products or ()):
        if not (product.subcomponents or each.subcomponents):
            made = list(_alone(product))
        else:
            whole = _whole(product)
            own = [purl for part in product.subcomponents or () for purl in _purls(part)]
            made = [Product(package=purl, whole=whole) for purl in (*own, *older) if whole]
        unread += not made
        found += made
        if len(found) > MAX_PRODUCTS:
            raise PolicyError(at, f"more than {MAX_PRODUCTS} products are named")
    return tuple(found), unread


def _component(component: _Component | str) -> _Component:
    return _Component(id=component) if isinstance(component, str) else component


def _alone(product: _Component) -> Iterator[Product]:
    """A product without parts: a package, or all of an image."""
    purls = _purls(product)
    for purl in purls:
        if purl.type not in IMAGES:
            yield Product(package=purl)
    if not any(purl.type not in IMAGES for purl in purls) and (whole := _whole(product)):
        yield Product(whole=whole)


def _whole(product: _Component) -> Whole | None:
    purl = next(iter(_purls(product)), None)
    hashed = product.hashes.get(_HASH, "").lower()
    digests = (f"sha256:{hashed}",) if hashed else ()
    name = "" if purl else product.id
    return Whole(purl=purl, digests=digests, name=name) if purl or digests or name else None


def _purls(component: _Component) -> list[Parts]:
    """By identifier, or else by the name of the component itself."""
    told = (component.identifiers.get("purl", ""), component.id)
    found = (parts(text) for text in told if 0 < len(text) <= MAX_PURL_CHARS)
    return [purl for purl in found if purl][:1]
