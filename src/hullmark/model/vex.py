"""Statements of whether a vulnerability matters to a product (VEX), whatever format told them.

Terms: https://github.com/openvex/spec (statuses and justifications)
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from msgspec import Struct

from hullmark.model import documents
from hullmark.model.errors import PolicyError
from hullmark.model.purl import Parts

MAX_PRODUCTS = 500_000
"""That one document speaks of; the largest that distributions publish name some 100,000."""

MAX_WORDS = 500
"""Characters of a statement's reason that are shown."""

MAX_PURL_CHARS = 16 * 1024
"""Of a purl, as in bills of materials."""

JUSTIFICATIONS = (
    "component_not_present",
    "vulnerable_code_not_present",
    "vulnerable_code_not_in_execute_path",
    "vulnerable_code_cannot_be_controlled_by_adversary",
    "inline_mitigations_already_exist",
)
"""Why a product is not affected, in the words of OpenVEX and of CSAF's flags."""

Shape = TypeVar("Shape")


class Status(StrEnum):
    """What holds of a vulnerability in a product."""

    NOT_AFFECTED = "not_affected"
    FIXED = "fixed"
    AFFECTED = "affected"
    UNDER_INVESTIGATION = "under_investigation"

    @property
    def clears(self) -> bool:
        """Whether a finding does not count any more."""
        return self in (Status.NOT_AFFECTED, Status.FIXED)


class Whole(Struct, frozen=True, kw_only=True):
    """What a product is part of: any of what is said here names it.

    ``digests`` are of images, ``system`` is a CPE of an operating system.
    """

    purl: Parts | None = None
    digests: tuple[str, ...] = ()
    name: str = ""
    system: str = ""


class Product(Struct, frozen=True, kw_only=True):
    """A package, a part of a whole, or where it names no package all of the whole.

    ``path`` is that of the file that tells of the package, where the document knows it.
    """

    package: Parts | None = None
    path: str = ""
    whole: Whole | None = None


class Statement(Struct, frozen=True, kw_only=True):
    """A status of a vulnerability, by its name and then its aliases, for some products.

    ``time`` is RFC 3339 in UTC; of two about the same the later one counts, and of one time the
    last. ``says`` is the impact or action statement.
    """

    at: str
    ids: tuple[str, ...]
    status: Status
    products: tuple[Product, ...]
    justification: str = ""
    says: str = ""
    author: str = ""
    time: str = ""


class Document(Struct, frozen=True, kw_only=True):
    """The statements of one file, in the order in which they were made.

    ``unread`` counts products that are named in a way which cannot be compared.
    """

    place: str
    statements: tuple[Statement, ...]
    unread: int = 0


class Attached(Struct, frozen=True, kw_only=True):
    """A VEX document that lies beside an image, unverified; ``name`` says where it was."""

    name: str
    data: bytes


def decoded(data: bytes, shape: type[Shape], place: str) -> Shape:
    """JSON of this shape; ``PolicyError`` names the place and what differs."""
    try:
        return documents.json(data, shape)
    except documents.DocumentError as error:
        raise PolicyError(place, str(error)) from error


def status_of(word: str, known: Mapping[str, Status], at: str) -> Status:
    """A status by the word of a format; ``PolicyError`` for one that is not among its words."""
    if word not in known:
        raise PolicyError(at, f"{word[:40]!r} is no status (known: {', '.join(known)})")
    return known[word]
