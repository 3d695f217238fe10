"""Bring the advisories on hand up to date with a mirror, in one step or not at all."""

from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from hullmark.advisories import incremental, overlays
from hullmark.advisories.archive import Archive, apply, samples
from hullmark.advisories.incremental import Changes
from hullmark.advisories.mirror import CVSS, EPSS, FEED, KEV, OVERLAYS, Fetched, Origin
from hullmark.model import FeedError, File
from hullmark.store.advisory_feeds import Feed, feeds, listing_of
from hullmark.store.advisory_file import Listing
from hullmark.store.advisory_notes import made
from hullmark.store.advisory_writer import Writer, locked, writing

AT_ONCE = 4
"""Files that are fetched at a time: with single records no more than a server allows."""

AHEAD = timedelta(days=1)
"""How much a mirror's clock may be ahead of ours: what is made later would shut out the rest."""

TIME = "%Y-%m-%dT%H:%M:%SZ"

_OVERLAYS: Mapping[str, Callable[[Writer, File], overlays.Brought]] = {
    KEV: overlays.exploited,
    EPSS: overlays.epss,
    CVSS: overlays.cvss,
}


class Updated(Struct, frozen=True, kw_only=True):
    """What an update did: names of the files that changed, of those that did not.

    ``missing`` are those that were needed and are not offered, ``left_out`` documents of feeds
    that changed and could not be read, a line for each.
    """

    changed: tuple[str, ...]
    same: tuple[str, ...]
    missing: tuple[str, ...] = ()
    left_out: Mapping[str, tuple[str, ...]] = {}


def update(
    path: str,
    origin: Origin,
    ecosystems: Collection[str] = (),
    *,
    needed: Collection[str] | None = None,
    older: bool = False,
) -> Updated:
    """Import what changed, of these ecosystems or of all that the origin offers.

    Where some are ``needed``, that is of them and of those on hand, and of all if there are none.
    ``older`` allows a mirror that was made before the one imported last from there.
    ``FeedError`` when anything of it cannot be believed, ``StoreError`` when it cannot be kept;
    then what is on hand stays as it is.
    """
    with locked(path), _closed(origin) as used:
        known = feeds(path)
        offered = origin.offered()
        before = made(path, origin.name) if known else ""
        if not older:
            _refuse_older(origin, before)
        needs = _needs(known, needed) if needed is not None and not ecosystems else {}
        missing = tuple(name for name in needs if name not in offered)
        feeds_offered = [name for name in offered if needs and name.startswith(FEED)]
        asked = ecosystems or [*(name for name in needs if name in offered), *feeds_offered]
        wanted = _wanted(origin, offered, asked)
        fetched = _fetched(origin, path, wanted, known)
        used.append(True)
        changed = {
            name: each for name, each in fetched.items() if each and _differs(each, known.get(name))
        }
        if changed or origin.made != before:
            with writing(path) as writer:
                _import(writer, origin.name, changed, known)
                writer.set_made(origin.name, origin.made)
    same = tuple(name for name in fetched if name not in changed)
    return Updated(changed=tuple(changed), same=same, missing=missing)


def _needs(known: Mapping[str, Feed], needed: Collection[str]) -> Mapping[str, None]:
    """Ecosystems on hand, of which names of publishers' feeds have a colon, and those needed."""
    on_hand = [name for name in known if name not in OVERLAYS and ":" not in name]
    return dict.fromkeys((*on_hand, *needed))


@contextmanager
def _closed(origin: Origin) -> Iterator[list[bool]]:
    """What was fetched is kept for another time, but when somebody says that it was used."""
    used: list[bool] = []
    try:
        yield used
    except BaseException:  # an interrupt too: what still comes is not waited for
        origin.stop()
        raise
    finally:
        origin.close(imported=bool(used))


def _refuse_older(origin: Origin, before: str) -> None:
    if origin.made < before:
        told = f"made {origin.made}" if origin.made else "that does not say when it was made"
        why = f"a mirror {told}, and one made {before} was imported: --allow-older takes it"
        raise FeedError(origin.name, why)
    if origin.made > (datetime.now(UTC) + AHEAD).strftime(TIME):
        raise FeedError(origin.name, f"a mirror made {origin.made}, which is yet to come")


def _wanted(
    origin: Origin, offered: Mapping[str, str], ecosystems: Collection[str]
) -> Mapping[str, str]:
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


def _fetched(
    origin: Origin, path: str, wanted: Mapping[str, str], known: Mapping[str, Feed]
) -> Mapping[str, Fetched | Changes | None]:
    """All files, some at a time; the first failure breaks the others off."""
    with ThreadPoolExecutor(AT_ONCE) as lanes:
        coming = {
            name: lanes.submit(
                origin.fetch, where, known.get(name), partial(listing_of, path, name)
            )
            for name, where in wanted.items()
        }
        try:
            done, _ = wait(coming.values(), return_when=FIRST_EXCEPTION)
            for each in coming.values():
                if each in done:
                    each.result()
            return {name: each.result() for name, each in coming.items()}
        except BaseException:  # as above
            origin.stop()
            lanes.shutdown(wait=False, cancel_futures=True)
            raise


def _differs(fetched: Fetched | Changes, known: Feed | None) -> bool:
    return isinstance(fetched, Changes) or known is None or known.sha256 != fetched.sha256


def _import(
    writer: Writer,
    origin: str,
    changed: Mapping[str, Fetched | Changes],
    known: Mapping[str, Feed],
) -> None:
    archives = {
        name: Archive(each.file)
        for name, each in changed.items()
        if isinstance(each, Fetched) and name not in OVERLAYS
    }
    if writer.unlearnt:
        writer.learn(chain.from_iterable(map(samples, archives.values())))
    now = datetime.now(UTC).strftime(TIME)
    for name, each in changed.items():
        listed: Listing = {}
        if isinstance(each, Changes):
            listed = incremental.apply(writer, each, writer.listing(name))
            brought = _brought(listed)
        elif name in OVERLAYS:
            brought = _OVERLAYS[name](writer, each.file)
        else:
            listed = apply(writer, archives[name], writer.listing(name))
            brought = _brought(listed)
        feed = Feed(
            name=name,
            origin=origin,
            imported=now,
            dated=brought.dated,
            records=brought.entries,
            sha256="",
        )
        if isinstance(each, Changes):
            feed = replace(feed, whole=known[name].whole, list_etag=each.etag)
        else:
            whole = "" if name in OVERLAYS else now
            feed = replace(feed, sha256=each.sha256, etag=each.etag, whole=whole)
        writer.set_feed(feed, listed)


def _brought(listed: Listing) -> overlays.Brought:
    live = [record.modified for record in listed.values() if record.id]
    return overlays.Brought(len(live), max(live, default=""))
