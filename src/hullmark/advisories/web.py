"""Mirrors of advisories over HTTPS, and OSV.dev, which is the first of them.

OSV.dev: https://google.github.io/osv.dev/data/#data-dumps. Nothing is downloaded twice: a manifest
tells what changed, else the server (RFC 9110, 13.1.2).
"""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import quote, urljoin

from hullmark.advisories.mirror import (
    ARCHIVE,
    ECOSYSTEM,
    EPSS,
    KEV,
    MANIFEST,
    MAX_FILE_BYTES,
    MAX_MANIFEST_BYTES,
    OVERLAYS,
    Fetched,
    Manifest,
    examined,
    hold,
    manifest,
    offers,
)
from hullmark.disk.scratch import unnamed
from hullmark.model import FeedError, SourceError
from hullmark.oci.addresses import Reach, reach_of
from hullmark.oci.transport import AGAIN, Response, Transport, UnreachableError, place, split
from hullmark.store.advisory_writer import Feed

OSV_DEV = "https://osv-vulnerabilities.storage.googleapis.com"
OSV_DEV_ECOSYSTEMS = (
    "AlmaLinux",
    "Alpine",
    "Bitnami",
    "CRAN",
    "Chainguard",
    "Debian",
    "Go",
    "Hackage",
    "Hex",
    "Maven",
    "NuGet",
    "Packagist",
    "Pub",
    "PyPI",
    "Rocky Linux",
    "RubyGems",
    "SwiftURL",
    "Ubuntu",
    "Wolfi",
    "crates.io",
    "npm",
)
"""Those whose packages a scan can find."""

OSV_DEV_OVERLAYS: Mapping[str, str] = {
    EPSS: "https://epss.empiricalsecurity.com/epss_scores-current.csv.gz",
    KEV: ("https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json"),
}
"""Where CISA and FIRST publish what OSV.dev does not have."""

LIST = "ecosystems.txt"
TRIES = 3
PAUSE_S = 1.0
MAX_REDIRECTS = 4
MAX_ETAG_CHARS = 200

_OK, _NOT_MODIFIED, _NOT_FOUND, _GONE = 200, 304, 404, 410
_REDIRECTS = frozenset((301, 302, 303, 307, 308))


class Web:
    """A mirror at an address. What comes is kept in unnamed files below ``folder``."""

    def __init__(self, url: str, folder: str, ca_file: str = "") -> None:
        self.name = url.rstrip("/")
        self._folder = folder
        self._open: list[int] = []
        self._manifest: Manifest | None = None
        with _told(self.name):
            parts = split(self.name)
            if parts.scheme != "https" and reach_of(parts.hostname or "") is not Reach.MACHINE:
                raise FeedError(place(self.name), "advisories are fetched over https alone")
            self._transport = Transport(ca_file)

    def offered(self) -> Mapping[str, str]:
        """Paths by ecosystem or overlay: of the manifest, else of ``ecosystems.txt``."""
        if self.name == OSV_DEV:
            return {name: f"{name}/{ARCHIVE}" for name in OSV_DEV_ECOSYSTEMS} | dict(
                OSV_DEV_OVERLAYS
            )
        data = self._document(MANIFEST)
        if data is not None:
            self._manifest = manifest(data, self._place(MANIFEST))
            return offers(iter(self._manifest.files), self._manifest, self.name)
        listed = self._document(LIST)
        if listed is None:
            raise FeedError(self.name, f"has neither {MANIFEST} nor {LIST}")
        names = listed.decode("utf-8", "replace").splitlines()
        found = {name: f"{name}/{ARCHIVE}" for name in names if ECOSYSTEM(name)}
        here = {name: path for name, path in OVERLAYS.items() if self._has(path)}
        return found | here

    def fetch(self, path: str, before: Feed | None) -> Fetched | None:
        """A file; ``None`` where it is the one that was imported before."""
        promise = self._manifest.files.get(path) if self._manifest else None
        if promise and before and promise.sha256 == before.sha256:
            return None
        known = not promise and before is not None and before.origin == self.name
        etag = before.etag if before and known else ""
        with self._asked("GET", path, {"If-None-Match": etag} if etag else {}) as response:
            if etag and response.status == _NOT_MODIFIED:
                return None
            _answered(response)
            fd = unnamed(self._folder)
            self._open.append(fd)
            _kept(response, fd)
            state = response.headers.get("etag", "")
        fits = len(state) <= MAX_ETAG_CHARS and state.isascii() and state.isprintable()
        fetched = examined(fd, self._place(path), state if fits else "")
        hold(self._manifest, path, fetched, self._place(path))
        return fetched

    def close(self) -> None:
        """Let go of what was fetched, and of all connections."""
        for fd in self._open:
            os.close(fd)
        self._open.clear()
        self._transport.close()

    def _document(self, path: str) -> bytes | None:
        """A small file; ``None`` where there is none."""
        with self._asked("GET", path, {}) as response:
            if response.status in (_NOT_FOUND, _GONE):
                return None
            _answered(response)
            return response.body(MAX_MANIFEST_BYTES)

    def _has(self, path: str) -> bool:
        with self._asked("HEAD", path, {}) as response:
            if response.status in (_NOT_FOUND, _GONE):
                return False
            _answered(response)
            return True

    @contextmanager
    def _asked(self, method: str, path: str, headers: dict[str, str]) -> Iterator[Response]:
        """The answer to a request, tried again where that may help, and followed where it leads."""
        url, led_by = self._place(path), Reach.USER
        for _ in range(MAX_REDIRECTS + 1):
            with _told(url), self._once(method, url, headers, led_by) as response:
                if response.status not in _REDIRECTS:
                    yield response
                    return
                leads_to = urljoin(url, response.headers.get("location", ""))
                if url.startswith("https:") and not leads_to.startswith("https:"):
                    raise FeedError(place(url), "leads away from https")
                url, led_by = leads_to, response.reach
        raise FeedError(self._place(path), f"leads on more than {MAX_REDIRECTS} times")

    @contextmanager
    def _once(
        self, method: str, url: str, headers: dict[str, str], led_by: Reach
    ) -> Iterator[Response]:
        """One answer; the last try's, where others failed or told to come again."""
        for left in reversed(range(TRIES)):
            asked = self._transport.ask(method, url, headers, led_by=led_by, patient=True)
            try:
                response = asked.__enter__()
            except UnreachableError:
                if not left:
                    raise
            else:
                if response.status not in AGAIN or not left:
                    try:
                        yield response
                    finally:
                        asked.__exit__(None, None, None)
                    return
                asked.__exit__(None, None, None)
            time.sleep(PAUSE_S)

    def _place(self, path: str) -> str:
        return path if "://" in path else f"{self.name}/{quote(path)}"


def _answered(response: Response) -> None:
    if response.status != _OK:
        raise FeedError(place(response.url), f"answers {response.status}")


def _kept(response: Response, fd: int) -> None:
    size = 0
    for piece in response.pieces():
        size += len(piece)
        if size > MAX_FILE_BYTES:
            raise FeedError(place(response.url), f"more than {MAX_FILE_BYTES} bytes")
        with open(fd, "ab", closefd=False) as file:
            file.write(piece)


@contextmanager
def _told(url: str) -> Iterator[None]:
    """What goes wrong on the way as what is wrong with the feed."""
    try:
        yield
    except SourceError as error:
        raise FeedError(error.place or place(url), error.why) from error
    except OSError as error:
        raise FeedError(place(url), f"cannot be kept: {error.strerror}") from error
