"""VEX in CSAF 2.0 to statements.

Format: https://docs.oasis-open.org/csaf/csaf/v2.0/os/csaf-v2.0-os.html#45-profile-5-vex
"""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from hullmark.model import csaf
from hullmark.model.documents import DocumentError
from hullmark.model.errors import PolicyError
from hullmark.model.purl import parts
from hullmark.model.vex import (
    JUSTIFICATIONS,
    MAX_PURL_CHARS,
    Document,
    Product,
    Statement,
    Status,
    Whole,
    decoded,
)
from hullmark.model.vex_openvex import IMAGES
from hullmark.model.when import utc

STATUSES = {
    "known_not_affected": Status.NOT_AFFECTED,
    "fixed": Status.FIXED,
    "first_fixed": Status.FIXED,
    "under_investigation": Status.UNDER_INVESTIGATION,
    "first_affected": Status.AFFECTED,
    "last_affected": Status.AFFECTED,
    "known_affected": Status.AFFECTED,
}
"""What clears comes first: of a document that contradicts itself the graver word counts."""

MAX_BRANCHES_DEEP = 32
_VERSION = "product_version"
_RANGE = "product_version_range"


class _Leaf(Struct):
    product_id: str


class _Branch(Struct):
    category: str = ""
    name: str = ""
    product: _Leaf | None = None
    branches: "list[_Branch]" = []


class _Tree(Struct, frozen=True):
    branches: list[_Branch] = []


class _Written(Struct):
    product_tree: _Tree = _Tree()


class _Reader:
    """One document, with what its branches say of versions."""

    def __init__(self, data: bytes, place: str) -> None:
        self.document = csaf.read(data)
        self.versions = dict(_versions(decoded(data, _Written, place).product_tree.branches))
        self.place = place
        self.unread = 0
        self._made: dict[str, Product | None] = {}

    def product(self, id: str) -> Product | None:
        """What can be compared of a product; ``None`` where there is nothing."""
        if id not in self._made:
            self._made[id] = self._product(id)
        return self._made[id]

    def _product(self, id: str) -> Product | None:
        first, *others = self.document.parts(id)
        whole = _whole(others[-1]) if others else None
        if others and whole is None:
            return None
        package = parts(first.purl) if 0 < len(first.purl) <= MAX_PURL_CHARS else None
        if package is None or package.type in IMAGES:
            alone = _whole(first)
            return Product(whole=alone) if alone and not others else None
        category, name = self.versions.get(first.product_id, ("", ""))
        if not package.version and category == _RANGE:
            return None
        if not package.version and category == _VERSION:
            package = package._replace(version=name)
        if not package.version and len(others) > 1:
            return None  # a package of one module: those of others have its name too
        return Product(package=package, whole=whole)


def read(data: bytes, place: str) -> Document:
    """The statements of a document; ``PolicyError`` names what is wrong with it."""
    try:
        reader = _Reader(data, place)
        found = tuple(
            statement
            for number, each in enumerate(reader.document.vulnerabilities, 1)
            for statement in _statements(reader, each, f"{place}: vulnerability {number}")
        )
    except DocumentError as error:
        raise PolicyError(place, str(error)) from error
    return Document(place=place, statements=found, unread=reader.unread)


def _statements(reader: _Reader, each: csaf.Vulnerability, at: str) -> Iterator[Statement]:
    """One for each status and reason."""
    ids = tuple(dict.fromkeys(filter(None, (each.cve, *(known.text for known in each.ids)))))
    if not ids:
        raise PolicyError(at, "names no vulnerability")
    document = reader.document
    common = Statement(
        at=at,
        ids=ids,
        status=Status.AFFECTED,
        products=(),
        author=document.publisher,
        time=utc(document.current, at),
    )
    if strange := [flag.label for flag in each.flags if flag.label not in JUSTIFICATIONS]:
        raise PolicyError(at, f"{strange[0][:60]!r} is no flag of CSAF")
    flags = {id: flag.label for flag in each.flags for id in document.listed(flag)}
    impacts = {
        id: threat.details
        for threat in each.threats
        if threat.category == "impact"
        for id in document.listed(threat)
    }
    actions = {id: told.details for told in each.remediations for id in document.listed(told)}
    for word, status in STATUSES.items():
        says = impacts if status.clears else actions
        grouped: dict[tuple[str, str], list[Product]] = {}
        for id in each.product_status.get(word, ()):
            product = reader.product(id)
            if product is None:
                reader.unread += 1
            else:
                label = flags.get(id, "") if status is Status.NOT_AFFECTED else ""
                grouped.setdefault((label, says.get(id, "")), []).append(product)
        for (label, text), products in grouped.items():
            yield replace(
                common, status=status, products=tuple(products), justification=label, says=text
            )


def _whole(product: csaf.Product) -> Whole | None:
    """An image by its package URL, or an operating system by its CPE."""
    purl = parts(product.purl) if 0 < len(product.purl) <= MAX_PURL_CHARS else None
    return Whole(purl=purl, system=product.cpe) if purl or product.cpe else None


def _versions(branches: list[_Branch]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Category and name of the branch that holds a product, by the product's id."""
    waiting = [(branch, 1) for branch in branches]
    while waiting:
        branch, depth = waiting.pop()
        if depth > MAX_BRANCHES_DEEP:
            raise DocumentError(f"branches more than {MAX_BRANCHES_DEEP} deep")
        if branch.product:
            yield branch.product.product_id, (branch.category, branch.name)
        waiting += [(each, depth + 1) for each in branch.branches]
