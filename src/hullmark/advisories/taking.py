"""Which records of a feed changed since its documents were read before.

A listing of a feed has an entry for each document (its name and a line break) and for each of its
records (that and the id), with the first bytes of the SHA-256 of what it was made of.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from typing import NamedTuple

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from hullmark.advisories.documents import Document
from hullmark.advisories.unpacking import MAX_DOCUMENTS
from hullmark.model import FeedError, ParseError
from hullmark.model.advisory import Advisory
from hullmark.model.osv import read, written
from hullmark.store.advisory_file import Listed, Listing
from hullmark.store.advisory_listings import UNREAD
from hullmark.store.advisory_writer import Writer
from hullmark.unit import Feed

MAX_RECORDS = MAX_DOCUMENTS
"""Of one feed."""

MAX_LEFT_OUT = 100
DOCUMENTS_FOR_ONE = 1000
"""Of so many documents one may be left out that cannot be read: publishers make mistakes."""

MAX_WHY_CHARS = 300

_VERSION = "\n"
"""The entry of a listing that tells the version of the feed's unit."""

_encode = msgspec.msgpack.encode


class Before(Struct, frozen=True, kw_only=True):
    """What a feed had: version of its unit, digests of documents, their records, all ids."""

    version: int
    documents: Mapping[str, int]
    records: Mapping[str, Mapping[str, Listed]]
    ids: frozenset[str]


def version_of(listing: Listing) -> int:
    """The version of the unit that read the documents; 0 where a mirror brought the records."""
    return listing[_VERSION].crc if _VERSION in listing else 0


def by_document(listing: Listing) -> Before:
    """A listing taken apart."""
    documents: dict[str, int] = {}
    records: dict[str, dict[str, Listed]] = {}
    version = version_of(listing)
    for key, each in listing.items() if version else ():
        name, _, id = key.partition("\n")
        if id:
            records.setdefault(name, {})[id] = each
        elif name:
            documents[name] = each.crc
    return Before(
        version=version,
        documents=documents,
        records=records,
        ids=frozenset(each.id for each in listing.values() if each.id),
    )


def told(unit: Feed, document: Document) -> Iterator[Advisory]:
    """What a document tells, dated; ``FeedError`` for what is no advisory."""
    place = document.file.path
    try:
        for each in unit.read(document.file):
            yield _sound(each, document)
    except ParseError as error:
        raise FeedError(error.place, error.why) from error
    except (RecursionError, MemoryError) as error:
        raise FeedError(place, "cannot be read in bounded memory") from error


def samples(unit: Feed, documents: Iterable[Document]) -> Iterator[Advisory]:
    """What documents tell, without those that cannot be read: of these ``took`` speaks."""
    for each in documents:
        with suppress(FeedError):
            yield from told(unit, each)


class Took(NamedTuple):
    """A new listing, and what was left out: a line with place and reason for each document."""

    listing: dict[str, Listed]
    left_out: tuple[str, ...]


def took(
    writer: Writer,
    unit: Feed,
    documents: Iterable[Document],
    digests: Mapping[str, bytes],
    before: Before,
) -> Took:
    """Put in what is new or changed, take out what vanished.

    Of records of one id in several documents the newest counts. Of many documents a few that cannot
    be read are left out; what they told before stays.
    """
    taking = _Taking(writer, unit, digests, before)
    for each in documents:
        taking.read(each)
    for id in before.ids - taking.held:
        writer.let_go(id)
    taking.listing[_VERSION] = Listed(unit.version, 0, "", "")
    return Took(taking.listing, tuple(taking.left_out))


class _Taking:
    """``best`` is the newest time of each id among documents that need not be read."""

    def __init__(
        self, writer: Writer, unit: Feed, digests: Mapping[str, bytes], before: Before
    ) -> None:
        self._writer = writer
        self._unit = unit
        self._digests = digests
        self._before = before
        told_by = Counter(id for each in before.records.values() for id in each)
        self._shared = {id for id, times in told_by.items() if times > 1}
        self._same = {name for name in before.documents if self._is_same(name)}
        self._best: dict[str, str] = {}
        self._held = set(before.ids)
        self.held: set[str] = set()
        self.listing: dict[str, Listed] = {}
        self.left_out: list[str] = []
        self._spare = min(MAX_LEFT_OUT, len(digests) // DOCUMENTS_FOR_ONE)
        for name in self._same:
            for id, each in before.records.get(name, {}).items():
                self._best[id] = max(each.modified, self._best.get(id, ""))

    def read(self, document: Document) -> None:
        """One document, or what is known of it."""
        name, data = document.name, document.file.data
        if sha256(data).digest() != self._digests.get(name):
            raise FeedError(document.file.path, "changed while it was read")
        self.listing[f"{name}\n"] = Listed(_number(self._digests[name]), len(data), "", "")
        old = self._before.records.get(name, {})
        if name in self._same:
            self.listing |= {f"{name}\n{id}": each for id, each in old.items()}
            self.held |= old.keys()
            return
        for advisory in self._told(document):
            if not advisory.withdrawn:
                self.listing[f"{name}\n{advisory.id}"] = self._take(advisory, old, document)
        if len(self.listing) > MAX_RECORDS:
            raise FeedError(document.file.path, f"more than {MAX_RECORDS} records in one feed")

    def _told(self, document: Document) -> Iterable[Advisory]:
        """What a document tells, or nothing where it is left out."""
        if not self._spare:
            return self._once_each(document)
        try:
            return list(self._once_each(document))
        except FeedError as error:
            if len(self.left_out) == self._spare:
                raise
            self.left_out.append(str(error)[:MAX_WHY_CHARS])
            self._keep(document.name)
            return ()

    def _once_each(self, document: Document) -> Iterator[Advisory]:
        met: set[str] = set()
        for advisory in told(self._unit, document):
            if advisory.id in met:
                raise FeedError(document.file.path, f"a second record of id {advisory.id!r}")
            met.add(advisory.id)
            yield advisory

    def _keep(self, name: str) -> None:
        """What a document told before, until it can be read."""
        old = self._before.records.get(name, {})
        self.listing[f"{name}\n"] = Listed(UNREAD, 0, "", "")
        self.listing |= {f"{name}\n{id}": each for id, each in old.items()}
        self.held |= old.keys()
        for id, each in old.items():
            self._best[id] = max(each.modified, self._best.get(id, ""))

    def _take(self, advisory: Advisory, old: Mapping[str, Listed], document: Document) -> Listed:
        """One record; without a time it has that of the document in which it changed."""
        id, body = advisory.id, _encode(advisory)
        mark, known = _number(sha256(body).digest()), old.get(id)
        same = known is not None and (known.crc, known.size) == (mark, len(body))
        modified = advisory.modified or (known.modified if known and same else document.dated)
        self.held.add(id)
        if modified > self._best.get(id, ""):
            self._best[id] = modified
            if not same or id in self._shared:
                self._writer.put(replace(advisory, modified=modified), new=id not in self._held)
                self._held.add(id)
        return Listed(mark, len(body), id, modified)

    def _is_same(self, name: str) -> bool:
        """Whether a document is as it was, and no other had a record of the ids of its own."""
        if self._before.version != self._unit.version or name not in self._digests:
            return False
        if self._before.documents[name] != _number(self._digests[name]):
            return False
        return self._shared.isdisjoint(self._before.records.get(name, {}))


def _number(digest: bytes) -> int:
    return int.from_bytes(digest[:8])


def _sound(advisory: Advisory, document: Document) -> Advisory:
    """The same, if it can be written as an OSV record and read again, as mirrors have it."""
    place = f"{document.file.path}: {advisory.id[:100]!r}"
    try:
        read(written(replace(advisory, modified=advisory.modified or document.dated)), place)
    except UnicodeEncodeError as error:
        raise FeedError(place, "holds what is no text") from error
    return advisory
