"""Tables of comma-, semicolon- or tab-separated values with a line of names above.

Format: https://www.rfc-editor.org/rfc/rfc4180
"""

import csv
from collections.abc import Iterator, Mapping
from io import StringIO

from hullmark.intel import intel_format
from hullmark.model import FeedError, File
from hullmark.model.indicator import (
    ODD_URLS,
    Entry,
    Indicator,
    IndicatorKind,
    LeftOut,
    address,
    digest,
    domain,
    plain,
    recognised,
    says,
    url,
)
from hullmark.model.publication import utc

DELIMITERS = (",", ";", "\t")
START_BYTES = 64 * 1024
MAX_ABOVE = 200
"""Lines of comment above the names."""

MAX_SHOWN_CHARS = 100
MAX_TYPE_CHARS = 40
NOTHING = frozenset(("", "n/a", "none", "null", "-"))

TYPES: Mapping[str, str] = {
    **dict.fromkeys(("md5", "md5_hash", "filehash-md5", "file_md5", "hash_md5"), "md5"),
    **dict.fromkeys(("sha1", "sha1_hash", "sha-1", "filehash-sha1", "hash_sha1"), "sha1"),
    **dict.fromkeys(
        ("sha256", "sha256_hash", "sha-256", "filehash-sha256", "hash_sha256"), "sha256"
    ),
    **dict.fromkeys(("hash", "file_hash", "filehash"), "hash"),
    **dict.fromkeys(("ip", "ipv4", "ipv6", "ip_address", "ip:port", "dst_ip", "ip-src"), "ip"),
    **dict.fromkeys(("ip-dst", "ipv4-addr", "ipv6-addr"), "ip"),
    **dict.fromkeys(("domain", "hostname", "fqdn", "domain-name"), "domain"),
    **dict.fromkeys(("url", "uri"), "url"),
}
"""Names of columns, and of types in a column of types, and what they stand for."""

VALUES = frozenset(("indicator", "ioc", "ioc_value", "value", "indicator_value"))
KINDS = frozenset(("type", "ioc_type", "indicator_type"))
SAYS = frozenset(
    ("description", "comment", "signature", "malware", "malware_printable", "threat", "family")
)
SEEN: Mapping[str, str] = {
    **dict.fromkeys(("first_seen", "first_seen_utc", "firstseen", "dateadded"), "first seen"),
    **dict.fromkeys(("last_seen", "last_seen_utc", "lastseen"), "last seen"),
}
EXPIRES = frozenset(("expires", "expiry", "expiration", "expires_at", "valid_until"))


def _is_table(file: File) -> bool:
    start = file.read(0, START_BYTES)
    return b"\0" not in start and _heading(start.decode(errors="replace")) is not None


@intel_format(
    id="csv",
    recognises=_is_table,
    example=File(
        path="oak.csv",
        content=b"""indicator;type;description;first_seen;expires
203.0.114.9:8443;ip:port;Oak's collector;2026-01-02;2027-01-01
da39a3ee5e6b4b0d3255bfef95601890afd80708;sha1;Oak's dropper;;
root@oak-loader.net;email;;;
""",
    ),
    expect=(
        "ip 203.0.114.9",
        "sha1 da39a3ee5e6b4b0d3255bfef95601890afd80708",
        "left out line 4: entries of type 'email'",
    ),
)
def csv_list(file: File) -> Iterator[Entry]:
    """Entries of columns named by what they hold, or of one column with their types beside.

    Columns: ``md5``, ``sha1``, ``sha256``, ``hash``, ``ip``, ``domain``, ``hostname``, ``url``, or
    ``indicator`` (``ioc``, ``value``) with ``type``; beside them ``description``, ``malware``,
    ``first_seen``, ``last_seen`` and ``expires``. The line of names may be a comment.
    """
    text = file.text().removeprefix("\ufeff")
    heading = _heading(text)
    if heading is None:
        raise FeedError(f"{file.path} line 1", "has no names of columns that are known")
    above, delimiter, names = heading
    for number, row in _rows(text, above, delimiter, file.path):
        fields = {name: cell.strip() for name, cell in zip(names, row, strict=False) if name}
        yield from _entries(fields, f"line {number}", file.path)


def _heading(text: str) -> tuple[int, str, list[str]] | None:
    """Lines up to the names and with them, what separates, and the names."""
    at = 0
    for number in range(1, MAX_ABOVE + 1):
        end = text.find("\n", at)
        line = (text[at:] if end < 0 else text[at:end]).strip().removeprefix("\ufeff")
        bare = line.lstrip("#").strip()
        for delimiter in DELIMITERS:
            names = [each.strip().strip('"').strip().lower() for each in bare.split(delimiter)]
            names = [each.replace(" ", "_") for each in names]
            known = any(each in TYPES or each in VALUES for each in names)
            if known and (len(names) > 1 or (line == bare and delimiter == ",")):
                return number, delimiter, names
        if end < 0 or bare == line != "":
            return None
        at = end + 1
    return None


def _rows(text: str, above: int, delimiter: str, path: str) -> Iterator[tuple[int, list[str]]]:
    lines = _Lines(text, above)
    try:
        for row in csv.reader(lines, delimiter=delimiter, skipinitialspace=True):
            if any(cell.strip() for cell in row):
                yield lines.number, row
    except csv.Error as error:
        raise FeedError(f"{path} line {lines.number}", f"is no table: {error}") from error


class _Lines:
    """Lines below the names, without comments, and the number of the one just read."""

    def __init__(self, text: str, above: int) -> None:
        self._lines = enumerate(StringIO(text, newline=""), 1)
        self.number = 0
        for _ in range(above):
            next(self._lines)

    def __iter__(self) -> Iterator[str]:
        for number, line in self._lines:
            self.number = number
            if not line.startswith("#"):
                yield line


def _entries(fields: Mapping[str, str], at: str, path: str) -> Iterator[Entry]:
    expires = ""
    for name in EXPIRES & fields.keys():
        if fields[name].lower() not in NOTHING:
            expires = utc(fields[name])
            if not expires:
                why = f"expires at what is no time: {fields[name][:MAX_SHOWN_CHARS]!r}"
                raise FeedError(f"{path} {at}", why)
    about = [text for name, text in fields.items() if name in SAYS and text.lower() not in NOTHING]
    about += [f"{SEEN[name]} {text}" for name, text in fields.items() if name in SEEN and text]
    kind = next((text.lower() for name, text in fields.items() if name in KINDS), "")
    for name, text in fields.items():
        if text.lower() in NOTHING or not (name in TYPES or name in VALUES):
            continue
        asked = TYPES.get(name, "") if name in TYPES else TYPES.get(kind, "")
        if name in VALUES and kind and not asked:
            yield LeftOut(at=at, why=f"entries of type {kind[:MAX_TYPE_CHARS]!r}")
            continue
        found = _read(asked, text)
        if found is None and "://" in plain(text):
            yield LeftOut(at=at, why=ODD_URLS)
            continue
        if found is None:
            raise FeedError(f"{path} {at}", f"is no {asked or 'entry'}: {text[:MAX_SHOWN_CHARS]!r}")
        yield Indicator(kind=found[0], value=found[1], says=says(*about), expires=expires)


def _read(asked: str, text: str) -> tuple[IndicatorKind, str] | None:
    text = plain(text)
    if asked in ("", "hash"):
        return recognised(text) if not asked else digest(text)
    if asked == "url":
        return url(text)
    if asked == "domain":
        name = domain(text)
        return (IndicatorKind.DOMAIN, name) if name else None
    if asked == "ip":
        host, colon, port = text.rpartition(":")
        bare = address(text) or (address(host) if colon and port.isdecimal() else "")
        return (IndicatorKind.IP, bare) if bare else None
    found = digest(text)
    return found if found and found[0] == asked else None
