"""One file from a server, taken up where an earlier attempt broke (RFC 9110, 14.2)."""

from collections.abc import Callable
from re import compile as regex
from threading import Lock
from typing import NamedTuple

from hullmark.advisories.client import (
    NO_SUCH_RANGE,
    NOT_MODIFIED,
    PARTIAL,
    TRIES,
    Client,
    answered,
    state_of,
)
from hullmark.advisories.partial import Partial
from hullmark.model import FeedError
from hullmark.oci.transport import Response, UnreachableError, place

_range = regex(r"bytes (\d{1,19})-(\d{1,19})/(\d{1,19})").fullmatch
_length = regex(r"\d{1,19}").fullmatch


class Meter:
    """Bytes of all downloads of an update: those just come, and those known to come in all."""

    def __init__(self, progress: Callable[[int, int], None]) -> None:
        self._progress = progress
        self._total = 0
        self._lock = Lock()

    def expect(self, count: int) -> None:
        """So many bytes will come."""
        with self._lock:
            self._total += count
            self._progress(0, self._total)

    def came(self, count: int) -> None:
        """So many bytes are here."""
        with self._lock:
            self._progress(count, self._total)


class Wanted(NamedTuple):
    """A file of up to ``limit`` bytes, unless it is still in the state ``etag``."""

    url: str
    etag: str
    limit: int


def download(wanted: Wanted, part: Partial, client: Client, meter: Meter) -> str | None:
    """Bring a file into ``part``; answers its state, ``None`` where that is as before.

    ``FeedError`` when the server does not give what it says, or too much. What came is kept in
    ``part`` where it can be taken up.
    """
    for tried in range(TRIES):
        try:
            found = _attempt(wanted, part, client, meter)
        except UnreachableError as error:
            if tried == TRIES - 1:
                raise FeedError(error.place, error.why) from error
            client.pause(tried)
        else:
            if found is not _AGAIN:
                return found
    raise FeedError(place(wanted.url), "knows no range of its own file")


_AGAIN = "again"


def _attempt(wanted: Wanted, part: Partial, client: Client, meter: Meter) -> str | None:
    url, at = wanted.url, part.size
    headers = {"If-None-Match": wanted.etag} if wanted.etag else {}
    resumed = part.state is not None and at > 0
    if part.state and part.state.whole:
        headers = {"If-None-Match": part.state.etag}
    elif part.state and resumed:
        headers |= {"Range": f"bytes={at}-", "If-Range": part.state.etag}
    with client.asked(url, headers) as response:
        if response.status == NOT_MODIFIED and "If-None-Match" in headers:
            return part.state.etag if part.state and part.state.whole else None
        if response.status == NO_SUCH_RANGE and "Range" in headers:
            part.restart("")
            return _AGAIN
        if response.status == PARTIAL and "Range" in headers:
            total = _continued(response, part, at)
            meter.expect(total - at)
        else:
            answered(response)
            etag, total = state_of(response), -1
            part.restart(etag if etag.startswith('"') else "")
            said = response.headers.get("content-length", "")
            meter.expect(int(said) if _length(said) else 0)
        _take(response, part, wanted.limit, meter)
        if total >= 0 and part.size != total:
            part.restart("")
            raise FeedError(place(url), "does not answer the range that it says")
        part.complete()
        return part.state.etag if part.state else state_of(response)


def _continued(response: Response, part: Partial, at: int) -> int:
    """The size of the whole file, of which all that is missing comes."""
    found = _range(response.headers.get("content-range", ""))
    state = state_of(response)
    fits = found and int(found[1]) == at and int(found[2]) + 1 == int(found[3])
    if not found or not fits or (part.state and state and state != part.state.etag):
        part.restart("")
        raise FeedError(place(response.url), "answers another range than was asked for")
    return int(found[3])


def _take(response: Response, part: Partial, limit: int, meter: Meter) -> None:
    size = part.size
    for piece in response.pieces():
        size += len(piece)
        if size > limit:
            part.restart("")
            raise FeedError(place(response.url), f"more than {limit} bytes")
        part.append(piece)
        meter.came(len(piece))
