"""What is known to be bad: digests of files and addresses, in one spelling each."""

from collections.abc import Mapping
from enum import StrEnum
from ipaddress import IPv6Address, ip_address
from re import ASCII, IGNORECASE
from re import compile as regex

from msgspec import Struct

MAX_URL_CHARS = 400
"""Longer ones are seldom told whole; what is searched for across two blocks is shorter too."""

MAX_SAYS_CHARS = 200
"""Of what a list says of one entry."""

MAX_NAME_CHARS = 253
"""Of a host's name: RFC 1035, 2.3.4, without the dot of the root."""


class IndicatorKind(StrEnum):
    """What an indicator is compared with."""

    MD5 = "md5"
    SHA1 = "sha1"
    SHA256 = "sha256"
    IP = "ip"
    DOMAIN = "domain"
    URL = "url"


HASHES: Mapping[int, IndicatorKind] = {
    32: IndicatorKind.MD5,
    40: IndicatorKind.SHA1,
    64: IndicatorKind.SHA256,
}
"""Kinds of digest by their length in hexadecimal digits."""


class Indicator(Struct, frozen=True, kw_only=True):
    """One entry of a list. ``says`` is what the list tells of it.

    ``expires`` is a time in UTC (``2026-01-02T03:04:05Z``), empty where the list knows none.
    """

    kind: IndicatorKind
    value: str
    says: str = ""
    expires: str = ""


class LeftOut(Struct, frozen=True, kw_only=True):
    """An entry that is not used: where it stands, and why, in words that are the same for many."""

    at: str
    why: str


Entry = Indicator | LeftOut

ODD_URLS = "addresses of pages that are too long or name no host"
"""Why an address of a page is left out; lists of many hold some of them."""

_is_hex = regex(r"[0-9a-f]+", IGNORECASE | ASCII).fullmatch
_is_domain = regex(
    r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])",
    ASCII,
).fullmatch
_url = regex(
    r"(?P<scheme>[a-z][a-z0-9+.-]{1,20})://(?P<host>\[[0-9a-f:.]+\]|[^\s/?#:@\[\]]+)"
    r"(?::(?P<port>[0-9]{1,5}))?(?P<rest>[/?#]\S*)?",
    IGNORECASE | ASCII,
).fullmatch


def digest(text: str) -> tuple[IndicatorKind, str] | None:
    """A digest in hexadecimal digits, by its length."""
    found = HASHES.get(len(text))
    return (found, text.lower()) if found and _is_hex(text) else None


def address(text: str) -> str:
    """An IP address as it is usually written; empty for what is none."""
    try:
        found = ip_address(text.strip("[]"))
    except ValueError:
        return ""
    if isinstance(found, IPv6Address) and found.scope_id:
        return ""
    return str(found)


def domain(text: str) -> str:
    """A host's name in small letters, in ASCII (``xn--``), without the root's dot; else empty."""
    name = text.rstrip(".").lower()
    if len(name) > MAX_NAME_CHARS:
        return ""
    if not name.isascii():
        try:
            name = name.encode("idna").decode()
        except UnicodeError:
            return ""
    return name if _is_domain(name) else ""


def url(text: str) -> tuple[IndicatorKind, str] | None:
    """An address of a page; one that names a host alone is the host's."""
    found = _url(text)
    if found is None or len(text) > MAX_URL_CHARS:
        return None
    host = address(found["host"]) or domain(found["host"])
    if not host:
        return None
    rest = (found["rest"] or "").partition("#")[0]
    if rest in ("", "/") and not found["port"]:
        return (IndicatorKind.IP if address(host) else IndicatorKind.DOMAIN), host
    shown = f"[{host}]" if ":" in host else host
    port = f":{found['port']}" if found["port"] else ""
    return IndicatorKind.URL, f"{found['scheme'].lower()}://{shown}{port}{rest}"


def host_of(text: str) -> str:
    """The host of an address in the spelling of ``url``."""
    found = _url(text)
    return found["host"].strip("[]").lower() if found else ""


def plain(text: str) -> str:
    """An address that was written so that nobody follows it by chance, as it is."""
    text = text.strip().replace("[.]", ".").replace("(.)", ".").replace("[:]", ":")
    text = text.replace("[://]", "://")
    return f"http{text[4:]}" if text[:4].lower() in ("hxxp", "h**p") else text


def recognised(text: str) -> tuple[IndicatorKind, str] | None:
    """What an entry without a type is."""
    text = plain(text)
    found = digest(text)
    if found:
        return found
    if "://" in text:
        return url(text)
    if ip := address(text):
        return IndicatorKind.IP, ip
    host, colon, port = text.rpartition(":")
    if colon and port.isdecimal() and (ip := address(host)):
        return IndicatorKind.IP, ip
    name = domain(text)
    return (IndicatorKind.DOMAIN, name) if name and "." in name else None


def says(*parts: str) -> str:
    """What is told of an entry, in one line."""
    text = "; ".join(dict.fromkeys(" ".join(each.split()) for each in parts if each.strip()))
    return text[:MAX_SAYS_CHARS]
