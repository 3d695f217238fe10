"""Lists of what is known to be bad, from files, folders and addresses into the store."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from re import compile as regex
from re import sub
from urllib.parse import urlsplit

import hullmark.intel
from hullmark.advisories.client import Client, cut, refuse_plain
from hullmark.intel import IntelFormat
from hullmark.model import FeedError, File
from hullmark.model.indicator import Indicator, LeftOut
from hullmark.model.never_listed import never
from hullmark.store.intel_file import MAX_ADDRESSES, MAX_HASHES, BlockList, replace_list
from hullmark.unit import discover, ids, load

MAX_LIST_BYTES = 64 * 1024 * 1024
"""Of one file: a million digests take as much."""

MAX_FILES = 20_000
"""Of one folder: a feed of MISP has some thousand events, one a file."""

MAX_ENTRIES = 2 * (MAX_HASHES + MAX_ADDRESSES)
"""Of one list, with those that come twice."""

MAX_WHYS = 50
"""Reasons for what is left out that are counted apart: some name what a list calls its types."""

OTHERWISE = "other entries"
MAX_NAME_CHARS = 80
MAX_DAYS = 36500
TIME = "%Y-%m-%dT%H:%M:%SZ"
NO_LISTS = frozenset(("manifest.json", "hashes.csv"))
"""What a feed of MISP has beside its events."""

is_name = regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}").fullmatch


def is_address(source: str) -> bool:
    """Whether a list is fetched, and can be again."""
    return "://" in source


def named(source: str) -> str:
    """What a list is called after its file, or its host where its address has none."""
    parts = urlsplit(source) if is_address(source) else None
    path = parts.path if parts else os.path.abspath(source)
    stem = os.path.splitext(path.rstrip("/").rpartition("/")[2])[0] or (
        parts.netloc if parts else ""
    )
    return sub(r"[^A-Za-z0-9._-]+", "-", stem).strip("-._")[:MAX_NAME_CHARS] or "list"


def bring(path: str, wanted: BlockList, ca_file: str = "") -> int:
    """Read a list from its sources into the store at ``path``; answers its entries.

    ``FeedError`` names the file and place of what is no list.
    """
    form = load(hullmark.intel, IntelFormat, wanted.format) if wanted.format else None
    until = _until(wanted)
    left_out: Counter[str] = Counter()
    entries = _entries(_files(wanted.sources, ca_file), form, until, left_out)
    return replace_list(path, wanted, entries, left_out)


def lasting(text: str) -> str:
    """Days, or a day (``2027-01-02``), as lists keep it; ``FeedError`` for what is neither."""
    if text.isdecimal() and text.isascii() and 0 < int(text[:9]) <= MAX_DAYS:
        return str(int(text[:9]))
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise FeedError("--expires", f"is neither days nor a day: {text!r}") from error


def _until(wanted: BlockList) -> str:
    """When entries of a list expire that do not say so earlier; empty for never."""
    if not wanted.lasts:
        return ""
    if not wanted.lasts.isdecimal():
        return f"{wanted.lasts}T00:00:00Z"
    then = datetime.strptime(wanted.imported, TIME).replace(tzinfo=UTC)
    return f"{then + timedelta(days=int(wanted.lasts)):{TIME}}"


def _entries(
    files: Iterator[File], form: IntelFormat | None, until: str, left_out: Counter[str]
) -> Iterator[Indicator]:
    count = 0
    for file in files:
        for entry in (form or _format_of(file)).read(file):
            count += 1
            if count > MAX_ENTRIES:
                raise FeedError(file.path, f"more than {MAX_ENTRIES} entries in one list")
            why = entry.why if isinstance(entry, LeftOut) else never(entry)
            if isinstance(entry, LeftOut) or why:
                left_out[why if why in left_out or len(left_out) < MAX_WHYS else OTHERWISE] += 1
                continue
            expires = min(filter(None, (entry.expires, until)), default="")
            yield Indicator(kind=entry.kind, value=entry.value, says=entry.says, expires=expires)


def _format_of(file: File) -> IntelFormat:
    """The format that a list is written in; ``plain`` is what looks like no other."""
    found = [
        each for each in discover(hullmark.intel, IntelFormat).values() if each.recognises(file)
    ]
    if not found:
        known = ", ".join(ids(hullmark.intel))
        raise FeedError(file.path, f"is no list of a format that is known ({known})")
    return min(found, key=lambda each: each.id == "plain")


def _files(sources: Sequence[str], ca_file: str) -> Iterator[File]:
    for source in sources:
        if is_address(source):
            yield _fetched(source, ca_file)
        elif os.path.isdir(source):
            yield from map(_file, _listed(source))
        else:
            yield _file(source)


def _listed(folder: str) -> Sequence[str]:
    found: list[str] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        found += [
            os.path.join(place, each)
            for each in sorted(names)
            if not each.startswith(".") and each not in NO_LISTS
        ]
        if len(found) > MAX_FILES:
            raise FeedError(folder, f"more than {MAX_FILES} files")
    if not found:
        raise FeedError(folder, "holds no files")
    return found


def _file(path: str) -> File:
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_LIST_BYTES + 1)
    except OSError as error:
        raise FeedError(path, f"cannot be read: {error.strerror}") from error
    if len(data) > MAX_LIST_BYTES:
        raise FeedError(path, f"more than {MAX_LIST_BYTES} bytes")
    return File(path=path, content=data)


def _fetched(url: str, ca_file: str) -> File:
    refuse_plain(url)
    client = Client(ca_file)
    try:
        with cut(url):
            found = client.document(url, MAX_LIST_BYTES)
    finally:
        client.close()
    if found is None or found.data is None:
        raise FeedError(url, "is not there")
    return File(path=url, content=found.data)
