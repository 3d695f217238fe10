"""Advisories and VEX in CSAF: products, what they consist of, and each one's status.

Format: https://docs.oasis-open.org/csaf/csaf/v2.0/os/csaf-v2.0-os.html (2.1 in what is read here)
"""

from collections.abc import Iterator, Mapping
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from hullmark.model import documents
from hullmark.model.documents import DocumentError

MAX_CSAF_BYTES = 256 * 1024 * 1024
"""Of one document: ours. Those on what every product contains have tens of millions."""

MAX_PRODUCTS = 500_000
"""Of one document; the largest seen, on kernels, name some 60,000."""

MAX_BRANCHES_DEEP = 32
"""Vendor, family, name, architecture and version are five."""

MAX_PARTS = 8
"""Package, module, product and platform are four."""

MAX_NAMED = 4_000_000
"""Product ids in lists of one document: statuses, remediations, scores and threats."""

Text = Annotated[str, Meta(max_length=65536)]
Word = Annotated[str, Meta(max_length=1024)]
Time = Annotated[str, Meta(max_length=40, pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")]
ProductId = Annotated[str, Meta(min_length=1, max_length=4096)]
Ids = list[ProductId]


class Helper(Struct, frozen=True):
    """By what else a product is known; empty where the document does not say."""

    cpe: Word = ""
    purl: Annotated[str, Meta(max_length=4096)] = ""


class Product(Struct, frozen=True):
    """A product by itself, or what a relationship makes of two."""

    name: Text
    product_id: ProductId
    product_identification_helper: Helper = Helper()

    @property
    def cpe(self) -> str:
        """Its CPE, in either spelling."""
        return self.product_identification_helper.cpe

    @property
    def purl(self) -> str:
        """Its package URL."""
        return self.product_identification_helper.purl


class Remediation(Struct, frozen=True):
    """What can be done, by CSAF's word; ``url`` often names the advisory that brings a fix."""

    category: Word
    details: Text = ""
    url: Text = ""
    product_ids: Ids = []
    group_ids: Ids = []


class Threat(Struct, frozen=True):
    """What is said of a threat: an ``impact`` is how severe or why not affected."""

    category: Word
    details: Text = ""
    product_ids: Ids = []
    group_ids: Ids = []


class Flag(Struct, frozen=True):
    """Why products are not affected, e.g. ``vulnerable_code_not_present``."""

    label: Word
    product_ids: Ids = []
    group_ids: Ids = []


class Vector(Struct, frozen=True, rename={"vector": "vectorString"}):
    """One score of CVSS."""

    vector: Annotated[str, Meta(max_length=256)] = ""


class Score(Struct, frozen=True):
    """Vectors of CVSS, by their objects' names, for some products."""

    products: Ids = []
    cvss_v2: Vector | None = None
    cvss_v3: Vector | None = None
    cvss_v4: Vector | None = None

    @property
    def vectors(self) -> list[tuple[str, str]]:
        """(type, vector) as advisories have them, the newest of CVSS first."""
        each = (("CVSS_V4", self.cvss_v4), ("CVSS_V3", self.cvss_v3), ("CVSS_V2", self.cvss_v2))
        return [(kind, told.vector) for kind, told in each if told and told.vector]


class Note(Struct, frozen=True):
    """Prose of a kind: ``description``, ``summary``, ``details``."""

    category: Word = ""
    text: Text = ""


class Reference(Struct, frozen=True):
    """Where more is told."""

    url: Text = ""
    category: Word = ""


class Named(Struct, frozen=True):
    """An id that somebody gave the vulnerability."""

    text: Word = ""


class Vulnerability(Struct, frozen=True):
    """One vulnerability, and which products are how with regard to it.

    ``product_status`` is by CSAF's words: ``known_affected``, ``known_not_affected``, ``fixed``,
    ``first_fixed``, ``first_affected``, ``last_affected``, ``recommended``,
    ``under_investigation``.
    """

    cve: Annotated[str, Meta(max_length=100)] = ""
    title: Text = ""
    ids: list[Named] = []
    notes: list[Note] = []
    release_date: Time | None = None
    product_status: dict[Word, Ids] = {}
    remediations: list[Remediation] = []
    threats: list[Threat] = []
    flags: list[Flag] = []
    scores: list[Score] = []
    references: list[Reference] = []


class _Branch(Struct, frozen=True):
    category: Word = ""
    name: Text = ""
    product: Product | None = None
    branches: list["_Branch"] = []


class _Relationship(Struct, frozen=True):
    product_reference: ProductId
    relates_to_product_reference: ProductId
    full_product_name: Product
    category: Word = ""


class _Group(Struct, frozen=True):
    group_id: ProductId
    product_ids: Ids = []


class _Tree(Struct, frozen=True):
    branches: list[_Branch] = []
    full_product_names: list[Product] = []
    relationships: list[_Relationship] = []
    product_groups: list[_Group] = []


class _Tracking(Struct, frozen=True):
    id: Word
    current_release_date: Time
    initial_release_date: Time | None = None
    status: Word = ""


class _Publisher(Struct, frozen=True):
    name: Text = ""
    namespace: Text = ""


class _Aggregate(Struct, frozen=True):
    text: Word = ""


class _Head(Struct, frozen=True):
    tracking: _Tracking
    aggregate_severity: _Aggregate = _Aggregate()
    category: Word = ""
    csaf_version: Word = ""
    title: Text = ""
    publisher: _Publisher = _Publisher()
    references: list[Reference] = []


class _Written(Struct, frozen=True):
    document: _Head
    product_tree: _Tree = _Tree()
    vulnerabilities: list[Vulnerability] = []


class Csaf(Struct, frozen=True, kw_only=True):
    """One document, its products flattened. Times are RFC 3339 as written.

    ``products`` holds every product by id; ``joined`` says of what a relationship made those
    that it made: the id of the part, and of what it is part of. ``groups`` are ids by group.
    ``severity`` is the publisher's word for the whole document.
    """

    id: str
    category: str
    title: str
    publisher: str
    namespace: str
    released: str
    current: str
    status: str
    severity: str
    products: Mapping[str, Product]
    joined: Mapping[str, tuple[str, str]]
    groups: Mapping[str, tuple[str, ...]]
    vulnerabilities: tuple[Vulnerability, ...]
    references: tuple[str, ...]

    def parts(self, product_id: str) -> tuple[Product, ...]:
        """What a product consists of, from the package to the platform; itself, where not joined.

        ``DocumentError`` for an id that names nothing and one that is part of itself.
        """
        found: list[Product] = []
        waiting, steps = [product_id], 0
        while waiting:
            id = waiting.pop()
            if pair := self.joined.get(id):
                waiting += (pair[1], pair[0])
            elif id in self.products:
                found.append(self.products[id])
            else:
                raise DocumentError(f"product {id[:200]!r} is not in the product tree")
            steps += 1
            if steps > 2 * MAX_PARTS:
                why = f"consists of more than {MAX_PARTS} products, or of itself"
                raise DocumentError(f"product {product_id[:200]!r} {why}")
        return tuple(found)

    def listed(self, said: Remediation | Threat | Flag) -> Iterator[str]:
        """Products that a statement is about, by id or group; none named: none yielded."""
        yield from said.product_ids
        for group in said.group_ids:
            if group not in self.groups:
                raise DocumentError(f"group {group[:200]!r} is not in the product tree")
            yield from self.groups[group]


def read(data: bytes) -> Csaf:
    """A CSAF document; ``DocumentError`` for what is none, or is beyond our bounds."""
    documents.bounded(data, MAX_CSAF_BYTES)
    try:
        written = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=_Written)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DocumentError(f"not the JSON expected: {documents.first_line(error)}") from error
    head, tree = written.document, written.product_tree
    if not head.csaf_version.startswith("2."):
        raise DocumentError(f"CSAF of version {head.csaf_version[:20]!r} is not read")
    products: dict[str, Product] = {}
    for product in _products(tree):
        products[product.product_id] = product
    joined = {
        each.full_product_name.product_id: (
            each.product_reference,
            each.relates_to_product_reference,
        )
        for each in tree.relationships
    }
    if len(products) + len(joined) > MAX_PRODUCTS:
        raise DocumentError(f"more than {MAX_PRODUCTS} products")
    groups = {each.group_id: tuple(each.product_ids) for each in tree.product_groups}
    found = Csaf(
        id=head.tracking.id,
        category=head.category,
        title=head.title,
        publisher=head.publisher.name,
        namespace=head.publisher.namespace,
        released=head.tracking.initial_release_date or "",
        current=head.tracking.current_release_date,
        status=head.tracking.status,
        severity=head.aggregate_severity.text,
        products=products,
        joined=joined,
        groups=groups,
        vulnerabilities=tuple(written.vulnerabilities),
        references=tuple(each.url for each in head.references if each.url),
    )
    if sum(_named(found, each) for each in found.vulnerabilities) > MAX_NAMED:
        raise DocumentError(f"more than {MAX_NAMED} products in its lists")
    return found


def _products(tree: _Tree) -> Iterator[Product]:
    """Products of all branches, and those by themselves."""
    yield from tree.full_product_names
    waiting = [(branch, 1) for branch in tree.branches]
    while waiting:
        branch, depth = waiting.pop()
        if depth > MAX_BRANCHES_DEEP:
            raise DocumentError(f"branches more than {MAX_BRANCHES_DEEP} deep")
        if branch.product:
            yield branch.product
        waiting += [(each, depth + 1) for each in branch.branches]


def _named(found: Csaf, each: Vulnerability) -> int:
    """How many products the lists of a vulnerability name, groups counted out."""
    said: list[Remediation | Threat | Flag] = [*each.remediations, *each.threats, *each.flags]
    return (
        sum(map(len, each.product_status.values()))
        + sum(len(score.products) for score in each.scores)
        + sum(len(one.product_ids) for one in said)
        + sum(len(found.groups.get(group, ())) for one in said for group in one.group_ids)
    )
