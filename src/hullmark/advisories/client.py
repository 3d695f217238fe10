"""Questions to servers of advisories: tried again where that may help, followed where they lead."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urljoin

from msgspec import Struct

from hullmark.model import FeedError, SourceError
from hullmark.oci.addresses import Reach, reach_of
from hullmark.oci.exchange import retry_after
from hullmark.oci.transport import AGAIN, Response, Transport, UnreachableError, place, split

TRIES = 3
PAUSE_S = 1.0
"""Before the second try; twice as long before each further one."""

MAX_PAUSE_S = 60.0
"""The longest that a server's Retry-After is heeded."""

MAX_REDIRECTS = 4
MAX_ETAG_CHARS = 200
OK, PARTIAL, NOT_MODIFIED, NOT_FOUND, GONE, NO_SUCH_RANGE = 200, 206, 304, 404, 410, 416
_REDIRECTS = frozenset((301, 302, 303, 307, 308))


class Document(Struct, frozen=True, kw_only=True):
    """A small file, and what its server calls this state; without ``data`` it is unchanged."""

    data: bytes | None
    etag: str


class Client:
    """Connections to servers, over TLS but on this machine. Several threads may ask at a time."""

    def __init__(self, ca_file: str = "") -> None:
        with told(ca_file):
            self._transport = Transport(ca_file)
        self._stopped = threading.Event()

    @contextmanager
    def asked(
        self, url: str, headers: Mapping[str, str] | None = None, method: str = "GET"
    ) -> Iterator[Response]:
        """The answer to a request, whatever it says."""
        first, led_by = url, Reach.USER
        for _ in range(MAX_REDIRECTS + 1):
            with told(url), self._once(method, url, dict(headers or {}), led_by) as response:
                if response.status not in _REDIRECTS:
                    yield response
                    return
                leads_to = urljoin(url, response.headers.get("location", ""))
                if url.startswith("https:") and not leads_to.startswith("https:"):
                    raise FeedError(place(url), "leads away from https")
                refuse_plain(leads_to)
                url, led_by = leads_to, response.reach
        raise FeedError(place(first), f"leads on more than {MAX_REDIRECTS} times")

    def document(self, url: str, limit: int, etag: str = "") -> Document | None:
        """A file of up to so many bytes; ``None`` where there is none."""
        headers = {"If-None-Match": etag} if etag else {}
        with self.asked(url, headers) as response:
            if response.status in (NOT_FOUND, GONE):
                return None
            if etag and response.status == NOT_MODIFIED:
                return Document(data=None, etag=etag)
            answered(response)
            return Document(data=response.body(limit), etag=state_of(response))

    def has(self, url: str) -> bool:
        """Whether there is such a file."""
        with self.asked(url, method="HEAD") as response:
            if response.status in (NOT_FOUND, GONE):
                return False
            answered(response)
            return True

    def is_still(self, url: str, etag: str) -> bool:
        """Whether a file is in this state."""
        with self.asked(url, {"If-None-Match": etag}, "HEAD") as response:
            return response.status == NOT_MODIFIED

    def stop(self) -> None:
        """Break off whatever is under way, in all threads."""
        self._stopped.set()
        self._transport.stop()

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()

    def pause(self, tried: int, asked_s: float = 0.0) -> None:
        """Wait before another try; ``UnreachableError`` when meanwhile all was broken off."""
        if self._stopped.wait(min(max(asked_s, PAUSE_S * 2**tried), MAX_PAUSE_S)):
            raise UnreachableError("update", "was broken off")

    @contextmanager
    def _once(
        self, method: str, url: str, headers: dict[str, str], led_by: Reach
    ) -> Iterator[Response]:
        """One answer; the last try's, where others failed or told to come again."""
        for tried in range(TRIES):
            last, asked_s = tried == TRIES - 1, 0.0
            asked = self._transport.ask(method, url, headers, led_by=led_by, patient=True)
            try:
                response = asked.__enter__()
            except UnreachableError:
                if last:
                    raise
            else:
                if response.status not in AGAIN or last:
                    try:
                        yield response
                    finally:
                        asked.__exit__(None, None, None)
                    return
                asked_s = retry_after(response.headers.get("retry-after", ""), time.time)
                asked.__exit__(None, None, None)
            self.pause(tried, asked_s)


def refuse_plain(url: str) -> None:
    """``FeedError`` for what is no address, and for one without TLS beyond this machine."""
    with told(url):
        parts = split(url)
    if parts.scheme != "https" and reach_of(parts.hostname or "") is not Reach.MACHINE:
        raise FeedError(place(url), "advisories are fetched over https alone")


def answered(response: Response) -> None:
    """``FeedError`` for an answer that is not the file asked for."""
    if response.status != OK:
        raise FeedError(place(response.url), f"answers {response.status}")


def state_of(response: Response) -> str:
    """What the server calls this state of a file, empty where it says nothing fit to be sent."""
    etag = response.headers.get("etag", "")
    return etag if len(etag) <= MAX_ETAG_CHARS and etag.isascii() and etag.isprintable() else ""


@contextmanager
def told(url: str) -> Iterator[None]:
    """What goes wrong as what is wrong with the feed, but for answers that break off."""
    try:
        yield
    except UnreachableError:
        raise
    except SourceError as error:
        raise FeedError(error.place or place(url), error.why) from error
    except OSError as error:
        raise FeedError(place(url), f"cannot be kept: {error.strerror}") from error


@contextmanager
def cut(url: str) -> Iterator[None]:
    """Answers that broke off, and are not tried again, as what is wrong with the feed."""
    try:
        yield
    except UnreachableError as error:
        raise FeedError(error.place or place(url), error.why) from error
