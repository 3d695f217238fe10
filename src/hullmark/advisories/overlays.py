"""What is known of vulnerabilities beside advisories: who uses them, how likely, how severe.

Formats: https://www.cisa.gov/known-exploited-vulnerabilities-catalog (JSON) and
https://www.first.org/epss/data_stats (CSV); CVSS vectors are a CSV whose first columns are CVE
and vector.
"""

import zlib
from re import compile as regex
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, Struct

from hullmark.model import FeedError, File, ParseError
from hullmark.store.advisory_file import Kev
from hullmark.store.advisory_writer import Writer

MAX_CSV_BYTES = 256 * 1024 * 1024
"""Unpacked: a line for each CVE, 40 bytes long, makes 15 MB."""

MAX_LINES = 2_000_000
"""Five times as many as there are CVEs; without a bound, 256 MiB of line breaks take 2 GiB."""

MAX_LINE_BYTES = 4096
ROWS_AT_ONCE = 10_000

Cve = Annotated[str, Meta(pattern=r"^CVE-\d{4}-\d{4,19}$", max_length=28)]
Day = Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\d$")]
Text = Annotated[str, Meta(max_length=1000)]
Share = Annotated[float, Meta(ge=0, le=1)]
Shape = TypeVar("Shape")

_dated = regex(rb"score_date:(\d{4}-\d\d-\d\d)(T[\d:]+)?").search


class _Exploited(Struct, rename="camel"):
    cve: Cve = msgspec.field(name="cveID")
    date_added: Day
    due_date: Day | None = None
    vulnerability_name: Text = ""
    known_ransomware_campaign_use: Text = ""


class _Catalogue(Struct, rename="camel"):
    date_released: Text
    vulnerabilities: list[_Exploited]


class Brought(Struct, frozen=True):
    """How many entries an overlay has, and of which time it is, empty where it is silent."""

    entries: int
    dated: str


def exploited(writer: Writer, file: File) -> Brought:
    """CISA's catalogue of known exploited vulnerabilities."""
    found = _whole(file, _Catalogue)
    writer.set_exploited(
        (
            each.cve,
            Kev(
                added=each.date_added,
                due=each.due_date or "",
                name=each.vulnerability_name,
                ransomware=each.known_ransomware_campaign_use == "Known",
            ),
        )
        for each in found.vulnerabilities
    )
    return Brought(len(found.vulnerabilities), found.date_released)


def epss(writer: Writer, file: File) -> Brought:
    """FIRST's scores."""
    lines = _lines(file)
    dated = _dated(lines[0]) if lines else None
    rows = _rows(file, lines, b"cve,epss,percentile", tuple[Cve, Share, Share], 3)
    count = len(rows)
    writer.set_epss(rows)
    if not dated:
        return Brought(count, "")
    return Brought(count, f"{dated[1].decode()}{(dated[2] or b'T00:00:00').decode()}Z")


def cvss(writer: Writer, file: File) -> Brought:
    """CVSS vectors by CVE; those without a vector are left out."""
    rows = _rows(file, _lines(file), b"cve,vector", tuple[Cve, Text], 2)
    found = [row for row in rows if row[1]]
    writer.set_cvss(found)
    return Brought(len(found), "")


def _whole(file: File, shape: type[Shape]) -> Shape:
    try:
        return file.json(shape)
    except ParseError as error:
        raise FeedError(file.path, error.why) from error


def _rows(
    file: File, lines: list[bytes], header: bytes, shape: type[Shape], columns: int
) -> list[Shape]:
    """The lines below the header, of which the first columns have this shape."""
    start = next((at for at, line in enumerate(lines[:8]) if line.startswith(header)), None)
    if start is None:
        raise FeedError(file.path, f"no column heads {header.decode()!r}")
    rows: list[Shape] = []
    for at in range(start + 1, len(lines), ROWS_AT_ONCE):
        part = lines[at : at + ROWS_AT_ONCE]
        try:
            cells = [line.decode("ascii").split(",")[:columns] for line in part]
            rows += msgspec.convert(cells, list[shape], strict=False)  # type: ignore[valid-type]  # it is a value
        except (UnicodeDecodeError, msgspec.ValidationError) as error:
            place = f"{file.path}: lines {at + 1} to {at + len(part)}"
            raise FeedError(place, f"no rows as its header says: {error}") from error
    return rows


def _lines(file: File) -> list[bytes]:
    """The lines of a packed file; refused when there are too many bytes, or in one line."""
    stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        data = stream.decompress(file.data, MAX_CSV_BYTES)
    except (zlib.error, ParseError) as error:
        raise FeedError(file.path, f"does not inflate: {error}") from error
    if stream.unconsumed_tail:
        raise FeedError(file.path, f"more than {MAX_CSV_BYTES} bytes")
    if not stream.eof:
        raise FeedError(file.path, "is cut short")
    if data.count(b"\n") + data.count(b"\r") > MAX_LINES:
        raise FeedError(file.path, f"more than {MAX_LINES} lines")
    lines = data.splitlines()
    if any(len(line) > MAX_LINE_BYTES for line in lines):
        raise FeedError(file.path, f"a line of more than {MAX_LINE_BYTES} bytes")
    return lines
