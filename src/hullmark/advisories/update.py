"""Bring the advisories on hand up to date with a mirror, in one step or not at all."""

from collections.abc import Callable, Collection, Mapping
from contextlib import closing
from datetime import UTC, datetime
from itertools import chain

from msgspec import Struct

from hullmark.advisories import overlays
from hullmark.advisories.archive import Archive, apply, samples
from hullmark.advisories.mirror import CVSS, EPSS, KEV, OVERLAYS, Fetched, Origin
from hullmark.model import FeedError, File
from hullmark.store.advisory_writer import Feed, Writer, feeds, locked, writing

_OVERLAYS: Mapping[str, Callable[[Writer, File], overlays.Brought]] = {
    KEV: overlays.exploited,
    EPSS: overlays.epss,
    CVSS: overlays.cvss,
}


class Updated(Struct, frozen=True, kw_only=True):
    """What an update did: names of the files that changed, and of those that did not."""

    changed: tuple[str, ...]
    same: tuple[str, ...]


def update(path: str, origin: Origin, ecosystems: Collection[str] = ()) -> Updated:
    """Import what changed, of these ecosystems or of all that the origin offers.

    ``FeedError`` when anything of it cannot be believed, ``StoreError`` when it cannot be kept;
    then what is on hand stays as it is.
    """
    with locked(path), closing(origin):
        known = feeds(path)
        wanted = _wanted(origin, ecosystems)
        fetched = {name: origin.fetch(where, known.get(name)) for name, where in wanted.items()}
        changed = {
            name: each
            for name, each in fetched.items()
            if each and (name not in known or known[name].sha256 != each.sha256)
        }
        if changed:
            with writing(path) as writer:
                _import(writer, origin.name, changed)
    return Updated(
        changed=tuple(changed), same=tuple(name for name in fetched if name not in changed)
    )


def _wanted(origin: Origin, ecosystems: Collection[str]) -> Mapping[str, str]:
    offered = origin.offered()
    for name in ecosystems:
        if name in OVERLAYS or name not in offered:
            raise FeedError(origin.name, f"has no advisories of {name!r}")
    wanted = {
        name: path
        for name, path in offered.items()
        if not ecosystems or name in ecosystems or name in OVERLAYS
    }
    if not wanted:
        raise FeedError(origin.name, "no advisories here: <Ecosystem>/all.zip is looked for")
    return wanted


def _import(writer: Writer, origin: str, changed: Mapping[str, Fetched]) -> None:
    archives = {name: Archive(each.file) for name, each in changed.items() if name not in OVERLAYS}
    if writer.empty:
        writer.learn(chain.from_iterable(map(samples, archives.values())))
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for name, each in changed.items():
        listing = {}
        if name in OVERLAYS:
            brought = _OVERLAYS[name](writer, each.file)
        else:
            listing = apply(writer, archives[name], writer.listing(name))
            live = [record.modified for record in listing.values() if record.id]
            brought = overlays.Brought(len(live), max(live, default=""))
        writer.set_feed(
            Feed(
                name=name,
                origin=origin,
                imported=now,
                dated=brought.dated,
                sha256=each.sha256,
                etag=each.etag,
                records=brought.entries,
            ),
            listing,
        )
