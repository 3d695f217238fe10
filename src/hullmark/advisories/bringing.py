"""Bring feeds in: what changed of their documents, in one step or not at all."""

import os
from collections.abc import Sequence
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from re import compile as regex

from msgspec import Struct

from hullmark.advisories.documents import Documents, Local, Remote
from hullmark.advisories.taking import by_document, samples, took, version_of
from hullmark.advisories.update import Updated
from hullmark.model import FeedError
from hullmark.store.advisory_feeds import Feed, feeds, listing_of
from hullmark.store.advisory_file import Listing
from hullmark.store.advisory_writer import Writer, locked, writing
from hullmark.unit import Feed as Unit

PUBLISHER = "its publisher"
"""The origin of a feed that was fetched from its own addresses."""

SAMPLES = 3000
"""First records from which a dictionary is learnt, where there are no records yet."""

is_name = regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\Z").match
"""What users call a source."""


class Wish(Struct, frozen=True, kw_only=True):
    """A feed to bring in: its unit, a name of the user's own, and where its documents are.

    ``name`` tells several sources of one unit apart. Without ``where`` it is the origin of the
    time before, else the publisher.
    """

    unit: Unit
    name: str = ""
    where: str = ""

    @property
    def called(self) -> str:
        """Its name among what is on hand."""
        return f"feed:{self.unit.id}:{self.name}" if self.name else f"feed:{self.unit.id}"


def bring(path: str, wishes: Sequence[Wish], folder: str = "", ca_file: str = "") -> Updated:
    """Import what changed of these feeds, all of it or nothing.

    What is fetched is kept in ``folder`` until then, beside the advisories without one.
    ``FeedError`` when anything of it cannot be believed, ``StoreError`` when it cannot be kept;
    then what is on hand stays as it is.
    """
    with locked(path), ExitStack() as opened:
        known = feeds(path)
        plans = []
        for wish in wishes:
            old = listing_of(path, wish.called)
            origin = _origin(wish, known.get(wish.called), old)
            found = _documents(wish, origin, folder or os.path.dirname(path), ca_file)
            documents = opened.enter_context(closing(found))
            plans.append(_planned(wish, origin, documents, old))
        left_out: dict[str, tuple[str, ...]] = {}
        changed = [plan for plan in plans if _differs(plan, known.get(plan.wish.called))]
        if changed:
            with writing(path) as writer:
                for plan in changed:
                    left_out[plan.wish.called] = _import(writer, plan)
    return Updated(
        changed=tuple(plan.wish.called for plan in changed),
        same=tuple(plan.wish.called for plan in plans if plan not in changed),
        left_out=left_out,
    )


def remove(path: str, names: Sequence[str]) -> None:
    """Take out what was imported under these names; ``FeedError`` for one that was not."""
    with locked(path):
        known = feeds(path)
        for name in names:
            if name not in known:
                raise FeedError(name, "is not on hand: hullmark advisories status")
        with writing(path) as writer:
            for name in dict.fromkeys(names):
                writer.remove(name)


class _Plan(Struct, kw_only=True, eq=False):
    """What is to be done for a feed: the digests of its documents, and what it had before."""

    wish: Wish
    origin: str
    documents: Documents
    digests: dict[str, bytes]
    old: Listing
    digest: str


def _origin(wish: Wish, before: Feed | None, old: Listing) -> str:
    """Where documents are looked for; a mirror that a feed came by has none."""
    if wish.where:
        return wish.where if "://" in wish.where else os.path.abspath(wish.where)
    if before and version_of(old):
        return before.origin
    if wish.unit.addresses:
        return PUBLISHER
    raise FeedError(wish.called, f"where its documents are is not told: {wish.unit.id}=DIR")


def _documents(wish: Wish, origin: str, folder: str, ca_file: str) -> Documents:
    if origin == PUBLISHER:
        return Remote(wish.unit.addresses, folder, ca_file)
    if "://" in origin:
        return Remote((origin,), folder, ca_file)
    return Local(origin)


def _planned(wish: Wish, origin: str, documents: Documents, old: Listing) -> _Plan:
    digests: dict[str, bytes] = {}
    for each in documents:
        if each.name in digests:
            raise FeedError(each.file.path, "a second document of this name")
        digests[each.name] = sha256(each.file.data).digest()
    if not digests:
        raise FeedError(origin, f"no documents of {wish.unit.id} are here")
    lines = "".join(f"{name}\n{digests[name].hex()}\n" for name in sorted(digests))
    digest = sha256(f"{wish.unit.version}\n{lines}".encode(errors="backslashreplace"))
    return _Plan(
        wish=wish,
        origin=origin,
        documents=documents,
        digests=digests,
        old=old,
        digest=digest.hexdigest(),
    )


def _differs(plan: _Plan, before: Feed | None) -> bool:
    return not before or (before.sha256, before.origin) != (plan.digest, plan.origin)


def _import(writer: Writer, plan: _Plan) -> tuple[str, ...]:
    """Take a feed over; answers what was left out of it."""
    unit = plan.wish.unit
    if writer.unlearnt and not plan.old:
        writer.learn(islice(samples(unit, plan.documents), SAMPLES))
    listing, left_out = took(writer, unit, plan.documents, plan.digests, by_document(plan.old))
    live = {each.id: each.modified for each in listing.values() if each.id}
    writer.set_feed(
        Feed(
            name=plan.wish.called,
            origin=plan.origin,
            imported=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            dated=max(live.values(), default=""),
            sha256=plan.digest,
            records=len(live),
        ),
        listing,
    )
    writer.set_left_out(plan.wish.called, left_out)
    return left_out
