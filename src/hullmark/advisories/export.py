"""Write the advisories on hand as a mirror, for machines that reach no other."""

import gzip
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import file_digest
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import msgspec

from hullmark.advisories.mirror import (
    EPSS,
    KEV,
    MANIFEST,
    OVERLAYS,
    SCHEMA,
    Manifest,
    Promise,
    path_of,
)
from hullmark.advisories.signed import sign
from hullmark.model import StoreError
from hullmark.model.osv import written
from hullmark.store.advisory_file import Advisories

PACKING = 6


def export(known: Advisories, folder: str, key: str = "") -> int:
    """Fill a new or empty folder; answers how many files it has beside its manifest.

    From it the same is imported again. The manifest comes last: a mirror without one that was
    exported is unfinished. With a ``key`` it is signed.
    """
    try:
        os.makedirs(folder, exist_ok=True)
        if os.listdir(folder):
            raise StoreError(folder, "is not empty")
        promises = {}
        for name in known.feeds():
            path = path_of(name)
            os.makedirs(os.path.dirname(f"{folder}/{path}"), exist_ok=True)
            if name in OVERLAYS:
                _overlay(known, name, f"{folder}/{path}")
            else:
                _archive(known, name, f"{folder}/{path}")
            promises[path] = _promise(f"{folder}/{path}")
        made = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        data = msgspec.json.encode(Manifest(schema=SCHEMA, made=made, files=promises))
        with open(f"{folder}/{MANIFEST}", "wb") as file:
            file.write(msgspec.json.format(data, indent=1) + b"\n")
    except OSError as error:
        raise StoreError(folder, f"cannot be written: {error.strerror}") from error
    if key:
        sign(f"{folder}/{MANIFEST}", key)
    return len(promises)


def _archive(known: Advisories, feed: str, path: str) -> None:
    with ZipFile(path, "x", ZIP_DEFLATED, compresslevel=PACKING) as archive:
        for id in dict.fromkeys(known.ids(feed)):
            entry = ZipInfo(f"{id}.json")
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, written(known.record(id)))


def _overlay(known: Advisories, name: str, path: str) -> None:
    dated = known.feeds()[name].dated
    if name == KEV:
        with open(path, "xb") as plain:
            plain.write(_catalogue(known, dated))
        return
    with open(path, "xb") as file, gzip.GzipFile("", "wb", PACKING, file, mtime=0) as packed:
        packed.writelines(_lines(_scores(known, dated) if name == EPSS else _vectors(known)))


def _catalogue(known: Advisories, dated: str) -> bytes:
    entries = [
        {
            "cveID": cve,
            "dateAdded": each.added,
            **({"dueDate": each.due} if each.due else {}),
            "vulnerabilityName": each.name,
            "knownRansomwareCampaignUse": "Known" if each.ransomware else "Unknown",
        }
        for cve, each in known.all_exploited()
    ]
    return msgspec.json.encode({"dateReleased": dated, "vulnerabilities": entries})


def _scores(known: Advisories, dated: str) -> Iterator[str]:
    if dated:
        yield f"#score_date:{dated.removesuffix('Z')}+0000"
    yield "cve,epss,percentile"
    for cve, probability, percentile in known.rows("SELECT * FROM epss"):
        yield f"{cve},{probability},{percentile}"


def _vectors(known: Advisories) -> Iterator[str]:
    yield "cve,vector"
    for cve, vector in known.rows("SELECT * FROM cvss"):
        yield f"{cve},{vector}"


def _lines(texts: Iterable[str]) -> Iterator[bytes]:
    for text in texts:
        yield text.encode() + b"\n"


def _promise(path: str) -> Promise:
    with open(path, "rb") as file:
        return Promise(sha256=file_digest(file, "sha256").hexdigest(), size=os.path.getsize(path))
