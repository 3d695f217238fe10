"""Mirrors of advisories over HTTPS, and OSV.dev, which is the first of them.

OSV.dev: https://google.github.io/osv.dev/data/#data-dumps. Nothing is downloaded twice: a manifest
tells what changed, else the server (RFC 9110, 13.1.2) or its list of records.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Lock
from urllib.parse import quote

from hullmark.advisories import incremental
from hullmark.advisories.client import Client, cut, refuse_plain, told
from hullmark.advisories.download import Meter, Wanted, download
from hullmark.advisories.incremental import MAX_LIST_BYTES, Changes, difference, is_same, listed
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
from hullmark.advisories.partial import Partial, sweep
from hullmark.advisories.signed import MAX_SIGNATURE_BYTES, SIGNATURE, hold_signature
from hullmark.model import FeedError
from hullmark.model.osv import MAX_RECORD_BYTES
from hullmark.store.advisory_feeds import Feed
from hullmark.store.advisory_file import Listing

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
    "Red Hat",
    "Rocky Linux",
    "RubyGems",
    "SUSE",
    "SwiftURL",
    "Ubuntu",
    "Wolfi",
    "crates.io",
    "npm",
    "openSUSE",
)
"""Those whose packages a scan can find."""

OSV_DEV_OVERLAYS: Mapping[str, str] = {
    EPSS: "https://epss.empiricalsecurity.com/epss_scores-current.csv.gz",
    KEV: ("https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json"),
}
"""Where CISA and FIRST publish what OSV.dev does not have."""

LIST = "ecosystems.txt"
WHOLE_DAYS = 14
"""After so long an archive is fetched whole again, whatever its list of changes says."""

RECORDS_AT_ONCE = 4
MAX_CHANGES_BYTES = 256 * 1024 * 1024
"""Of all records of an update that are fetched one by one: they wait in memory."""


class Web:
    """A mirror at an address. What comes is kept in files below ``folder`` until it is imported.

    ``whole`` asks for archives and never for single records; with a ``key`` there must be a
    manifest that it signed.
    """

    def __init__(
        self,
        url: str,
        folder: str,
        ca_file: str = "",
        *,
        key: str = "",
        whole: bool = False,
        progress: Callable[[int, int], None] = lambda _came, _total: None,
    ) -> None:
        self.name = url.rstrip("/")
        self.made = ""
        refuse_plain(self.name)
        self._folder = folder
        self._key = key
        self._whole = whole
        self._meter = Meter(progress)
        self._manifest: Manifest | None = None
        self._parts: list[Partial] = []
        self._left = MAX_CHANGES_BYTES
        self._lock = Lock()
        self._client = Client(ca_file)
        self._lanes = ThreadPoolExecutor(RECORDS_AT_ONCE)
        with told(self.name):
            sweep(folder)

    def offered(self) -> Mapping[str, str]:
        """Paths by ecosystem or overlay: of the manifest, else of ``ecosystems.txt``."""
        with cut(self.name):
            return self._offered()

    def fetch(
        self, path: str, before: Feed | None, listing: Callable[[], Listing]
    ) -> Fetched | Changes | None:
        """A file, or what changed of it; ``None`` where it is the one that was imported before."""
        promise = self._manifest.files.get(path) if self._manifest else None
        if promise and before and promise.sha256 == before.sha256:
            return None
        known = before if not promise and before and before.origin == self.name else None
        with cut(self._place(path)):
            if known and path.endswith(f"/{ARCHIVE}") and not self._whole and _young(known.whole):
                if known.etag and self._client.is_still(self._place(path), known.etag):
                    return None
                found = self._changes(path.removesuffix(ARCHIVE), known, listing)
                if found:
                    return found if found.records or found.gone else None
            return self.file(path, known.etag if known else "")

    def file(self, path: str, etag: str = "") -> Fetched | None:
        """A whole file, here or elsewhere; ``None`` where it is still in the state ``etag``."""
        url = self._place(path)
        with told(url), cut(url):
            part = Partial(self._folder, url)
            self._parts.append(part)
            state = download(Wanted(url, etag, MAX_FILE_BYTES), part, self._client, self._meter)
        if state is None:
            part.discard()
            return None
        fetched = examined(part.fd, url, state)
        try:
            hold(self._manifest, path, fetched, url)
        except FeedError:
            part.discard()
            raise
        return fetched

    def stop(self) -> None:
        """Break off what is being fetched."""
        self._client.stop()
        self._lanes.shutdown(wait=False, cancel_futures=True)

    def close(self, *, imported: bool = True) -> None:
        """Let go of what was fetched, and of all connections."""
        self._lanes.shutdown(cancel_futures=True)
        for part in self._parts:
            part.close(keep=not imported)
        self._parts.clear()
        self._client.close()

    def _offered(self) -> Mapping[str, str]:
        if self.name == OSV_DEV and not self._key:
            archives = {name: f"{name}/{ARCHIVE}" for name in OSV_DEV_ECOSYSTEMS}
            return archives | dict(OSV_DEV_OVERLAYS)
        told_by = self._client.document(self._place(MANIFEST), MAX_MANIFEST_BYTES)
        if told_by is not None and told_by.data is not None:
            if self._key:
                self._hold_signature(told_by.data)
            self._manifest = manifest(told_by.data, self._place(MANIFEST))
            self.made = self._manifest.made
            return offers(iter(self._manifest.files), self._manifest, self.name)
        if self._key:
            raise FeedError(self._place(MANIFEST), "is not here, and a key asks for it")
        names = self._client.document(self._place(LIST), MAX_MANIFEST_BYTES)
        if names is None or names.data is None:
            raise FeedError(self.name, f"has neither {MANIFEST} nor {LIST}")
        lines = names.data.decode("utf-8", "replace").splitlines()
        found = {name: f"{name}/{ARCHIVE}" for name in lines if ECOSYSTEM(name)}
        has = self._client.has
        here = {name: path for name, path in OVERLAYS.items() if has(self._place(path))}
        return found | here

    def _hold_signature(self, data: bytes) -> None:
        found = self._client.document(self._place(SIGNATURE), MAX_SIGNATURE_BYTES)
        if found is None or found.data is None:
            raise FeedError(self._place(SIGNATURE), "is not here, and a key asks for it")
        hold_signature(data, found.data, self._key, self._place(MANIFEST))

    def _changes(self, folder: str, known: Feed, listing: Callable[[], Listing]) -> Changes | None:
        """Records that changed; ``None`` where there is no list, or so many that all is faster.

        Likewise where a record is listed and not there: the archive knows which of both is right.
        """
        url = self._place(f"{folder}{incremental.LIST}")
        found = self._client.document(url, MAX_LIST_BYTES, known.list_etag)
        if found is None:
            return None
        if found.data is None:
            return Changes(place=url, records={}, gone=())
        now, old = listed(found.data, url), listing()
        differs = difference(old, now)
        if not differs.few(len(old)):
            return None
        ids = (*differs.changed, *differs.unlisted)
        fetched = dict(zip(ids, self._records(folder, ids), strict=True))
        if any(fetched[id] is None for id in differs.changed):
            return None
        records = {id: data for id, data in fetched.items() if not is_same(old, id, data)}
        place = self._place(folder.rstrip("/"))
        return Changes(place=place, records=records, gone=differs.gone, etag=found.etag)

    def _records(self, folder: str, ids: tuple[str, ...]) -> list[bytes | None]:
        return list(self._lanes.map(self._record, [f"{folder}{each}.json" for each in ids]))

    def _record(self, path: str) -> bytes | None:
        url = self._place(path)
        found = self._client.document(url, MAX_RECORD_BYTES)
        data = found.data if found else None
        with self._lock:
            self._left -= len(data or b"")
            if self._left < 0:
                why = f"more than {MAX_CHANGES_BYTES} bytes of changed records"
                raise FeedError(url, f"{why}: --whole fetches archives instead")
        self._meter.expect(len(data or b""))
        self._meter.came(len(data or b""))
        return data

    def _place(self, path: str) -> str:
        return path if "://" in path else f"{self.name}/{quote(path)}"


def _young(whole: str) -> bool:
    """Whether an archive was fetched whole not long ago."""
    if not whole:
        return False
    then = datetime.fromisoformat(whole)
    return timedelta(0) <= datetime.now(UTC) - then < timedelta(days=WHOLE_DAYS)
