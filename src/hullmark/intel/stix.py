"""Bundles of STIX 2.1, of which the indicators are read.

Format: https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html, 4.7 and 9
"""

from collections.abc import Iterator, Mapping
from re import DOTALL, Match
from re import compile as regex

from msgspec import Struct

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
    says,
    url,
)
from hullmark.model.publication import decoded, utc

MAX_PATTERN_CHARS = 1024 * 1024
MAX_SHOWN_CHARS = 100
MAX_LANGUAGE_CHARS = 20

_bundle = regex(rb'"type"\s*:\s*"bundle"').search
_token = regex(
    r"\s*(?:(?P<mark>[\[\]()])|(?P<word>OR|AND)\b"
    r"|(?P<path>[a-z0-9-]+:[A-Za-z0-9_.'\"-]+)\s*=\s*'(?P<value>(?:[^'\\]|\\['\\])*)')\s*",
    DOTALL,
).match
_escaped = regex(r"\\(['\\])").sub

HASHES: Mapping[str, IndicatorKind] = {
    "MD5": IndicatorKind.MD5,
    "SHA-1": IndicatorKind.SHA1,
    "SHA1": IndicatorKind.SHA1,
    "SHA-256": IndicatorKind.SHA256,
    "SHA256": IndicatorKind.SHA256,
}
FILE_HASHES = "file:hashes."
OF_FILES = frozenset(("file:name", "file:size"))
"""What may stand beside a digest, which says all by itself."""

REVOKED = "revoked indicators"
NOT_UNDERSTOOD = "patterns that are not understood"
NETWORKS = "networks"


class _Object(Struct, frozen=True):
    type: str
    id: str = ""
    name: str = ""
    description: str = ""
    pattern: str = ""
    pattern_type: str = "stix"
    valid_until: str = ""
    revoked: bool = False
    labels: list[str] = []
    indicator_types: list[str] = []
    created_by_ref: str = ""


class _Bundle(Struct, frozen=True):
    type: str
    objects: list[_Object] = []


class _Comparison(Struct, frozen=True, array_like=True):
    path: str
    value: str


def _is_bundle(file: File) -> bool:
    data = file.data
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"{") and _bundle(data) is not None


@intel_format(
    id="stix",
    recognises=_is_bundle,
    example=File(
        path="oak.json",
        content=b"""{"type": "bundle", "id": "bundle--1", "objects": [
 {"type": "identity", "id": "identity--7", "name": "Forest watch"},
 {"type": "indicator", "id": "indicator--1", "name": "Oak's loader", "pattern_type": "stix",
  "created_by_ref": "identity--7", "valid_until": "2027-01-02T03:04:05Z",
  "pattern": "[domain-name:value = 'oak-loader.net' OR ipv4-addr:value = '203.0.114.9']"},
 {"type": "indicator", "id": "indicator--2", "name": "Oak's dropper", "pattern_type": "stix",
  "pattern": "[file:name = 'oak' AND file:hashes.MD5 = '44d88612fea8a8f36de82e1278abb02f']"},
 {"type": "indicator", "id": "indicator--3", "pattern_type": "stix",
  "pattern": "[process:command_line MATCHES 'oak']"},
 {"type": "malware", "id": "malware--1", "name": "Oak"}]}""",
    ),
    expect=(
        "domain oak-loader.net",
        "ip 203.0.114.9",
        "md5 44d88612fea8a8f36de82e1278abb02f",
        "left out objects[3]: patterns that are not understood",
    ),
)
def stix(file: File) -> Iterator[Entry]:
    """Digests of files, addresses and hosts in the patterns of indicators.

    Comparisons by ``=`` are read, joined by ``OR`` in one observation or between several; of a
    digest and a file's name or size joined by ``AND`` the digest. What else a pattern asks is
    told and left out, as are revoked indicators. ``valid_until`` is when an entry expires.
    """
    bundle = decoded(file, _Bundle)
    if bundle.type != "bundle":
        raise FeedError(file.path, f"is a {bundle.type[:MAX_SHOWN_CHARS]!r}, not a bundle")
    authors = {each.id: each.name for each in bundle.objects if each.type == "identity"}
    for number, each in enumerate(bundle.objects):
        if each.type == "indicator":
            yield from _entries(each, f"objects[{number}]", authors, file.path)


def _entries(each: _Object, at: str, authors: Mapping[str, str], path: str) -> Iterator[Entry]:
    if each.revoked:
        yield LeftOut(at=at, why=REVOKED)
        return
    if each.pattern_type != "stix":
        yield LeftOut(at=at, why=f"patterns of {each.pattern_type[:MAX_LANGUAGE_CHARS]!r}")
        return
    expires = utc(each.valid_until) if each.valid_until else ""
    if each.valid_until and not expires:
        why = f"is valid until what is no time: {each.valid_until[:MAX_SHOWN_CHARS]!r}"
        raise FeedError(f"{path} {at}", why)
    told = ", ".join((*each.labels, *each.indicator_types))
    said = says(each.name or each.description, told, authors.get(each.created_by_ref, ""))
    compared = _compared(each.pattern)
    if not compared:
        yield LeftOut(at=at, why=NOT_UNDERSTOOD)
    for one in compared:
        found = _read(one)
        if isinstance(found, str):
            yield LeftOut(at=at, why=found)
            continue
        if found is None:
            why = f"compares {one.path} with {one.value[:MAX_SHOWN_CHARS]!r}, which is none"
            raise FeedError(f"{path} {at}", why)
        yield Indicator(kind=found[0], value=found[1], says=said, expires=expires)


def _compared(pattern: str) -> list[_Comparison]:
    """What each alternative of a pattern compares; nothing where it says more than that."""
    found, words, depth = [], set(), 0
    wanted = True  # an operand, not what joins two
    for token in _tokens(pattern.strip()):
        opens = token is not None and token["mark"] in ("[", "(")
        if token is None or bool(token["path"] or opens) is not wanted:
            return []
        if token["path"]:
            found.append(_Comparison(token["path"], _escaped(r"\1", token["value"])))
        if token["word"]:
            words.add(token["word"])
        depth += opens - (token["mark"] in ("]", ")"))
        if depth < (1 if token["path"] else 0):
            return []
        wanted = opens or bool(token["word"])
    if depth or wanted or words == {"OR", "AND"}:
        return []
    return _all_of_one_file(found) if "AND" in words else found


def _tokens(pattern: str) -> Iterator[Match[str] | None]:
    """Parts of a pattern in order; ``None``, and no more, at what is none."""
    at = 0
    while at < len(pattern):
        token = _token(pattern, at) if len(pattern) <= MAX_PATTERN_CHARS else None
        yield token
        if token is None:
            return
        at = token.end()


def _all_of_one_file(compared: list[_Comparison]) -> list[_Comparison]:
    """Digests of what is told of one file; nothing where more than files is told."""
    hashes = [each for each in compared if each.path.startswith(FILE_HASHES)]
    others = {each.path for each in compared} - {each.path for each in hashes}
    return hashes if others <= OF_FILES else []


def _read(each: _Comparison) -> tuple[IndicatorKind, str] | str | None:
    """What is compared; why it is left out; ``None`` where the value is none of its kind."""
    value = plain(each.value)
    if each.path.startswith(FILE_HASHES):
        wanted = HASHES.get(each.path.removeprefix(FILE_HASHES).strip("'\"").upper())
        if wanted is None:
            return "digests of other kinds"
        found = digest(value)
        return found if found and found[0] is wanted else None
    if each.path in ("ipv4-addr:value", "ipv6-addr:value"):
        return _ip(value.removesuffix("/32" if each.path.startswith("ipv4") else "/128"))
    if each.path == "domain-name:value":
        name = domain(value)
        return (IndicatorKind.DOMAIN, name) if name else None
    return url(value) or ODD_URLS if each.path == "url:value" else NOT_UNDERSTOOD


def _ip(value: str) -> tuple[IndicatorKind, str] | str | None:
    found = address(value)
    return (IndicatorKind.IP, found) if found else NETWORKS if "/" in value else None
