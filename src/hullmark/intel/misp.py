"""Events of MISP, as it exports them and as its feeds offer them.

Format: https://www.misp-standard.org/rfc/misp-standard-core.html
"""

from collections.abc import Iterator, Mapping
from re import compile as regex

from msgspec import Struct, field

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
from hullmark.model.publication import decoded

MAX_SHOWN_CHARS = 100
MAX_TYPE_CHARS = 40
START_BYTES = 64 * 1024
NOT_DETECTING = "attributes that are not meant for detection (to_ids)"

_event = regex(rb'"Event"\s*:|"Attribute"\s*:').search

PARTS: Mapping[str, tuple[str, ...]] = {
    "md5": ("hash",),
    "sha1": ("hash",),
    "sha256": ("hash",),
    "filename|md5": ("", "hash"),
    "filename|sha1": ("", "hash"),
    "filename|sha256": ("", "hash"),
    "malware-sample": ("", "hash"),
    "ip-src": ("ip",),
    "ip-dst": ("ip",),
    "ip-src|port": ("ip", ""),
    "ip-dst|port": ("ip", ""),
    "domain": ("domain",),
    "hostname": ("domain",),
    "hostname|port": ("domain", ""),
    "domain|ip": ("domain", "ip"),
    "url": ("url",),
}
"""What the parts of a value are, by the attribute's type; empty for what is not compared."""


class _Attribute(Struct, frozen=True):
    type: str
    value: str
    to_ids: bool | int | str = True
    comment: str | None = ""
    deleted: bool | int | str = False


class _Object(Struct, frozen=True):
    attributes: list[_Attribute] = field(default_factory=list, name="Attribute")
    name: str = ""


class _Organisation(Struct, frozen=True):
    name: str = ""


class _Event(Struct, frozen=True):
    info: str = ""
    attributes: list[_Attribute] = field(default_factory=list, name="Attribute")
    objects: list[_Object] = field(default_factory=list, name="Object")
    by: _Organisation | None = field(default=None, name="Orgc")


class _Document(Struct, frozen=True):
    event: _Event | None = field(default=None, name="Event")
    response: "list[_Document]" = []


def _is_event(file: File) -> bool:
    data = file.read(0, START_BYTES).removeprefix(b"\xef\xbb\xbf").lstrip()
    return data.startswith((b"{", b"[")) and _event(data) is not None


@intel_format(
    id="misp",
    recognises=_is_event,
    example=File(
        path="oak.json",
        content=b"""{"Event": {"info": "Oak in the forest", "Orgc": {"name": "Forest watch"},
 "Attribute": [
  {"type": "domain|ip", "value": "oak-loader.net|203.0.114.9", "to_ids": true},
  {"type": "url", "value": "https://forest.net/report", "to_ids": false},
  {"type": "yara", "value": "rule oak { condition: false }", "to_ids": true}],
 "Object": [{"name": "file", "Attribute": [
  {"type": "filename|md5", "value": "oak.bin|44d88612fea8a8f36de82e1278abb02f",
   "to_ids": true, "comment": "dropper"}]}]}}""",
    ),
    expect=(
        "domain oak-loader.net",
        "ip 203.0.114.9",
        "left out Event.Attribute[1]: attributes that are not meant for detection (to_ids)",
        "left out Event.Attribute[2]: attributes of type 'yara'",
        "md5 44d88612fea8a8f36de82e1278abb02f",
    ),
)
def misp(file: File) -> Iterator[Entry]:
    """Attributes of an event and of its objects that are meant for detection (``to_ids``).

    Types: digests, alone or behind a file's name, ``malware-sample``, ``ip-src``, ``ip-dst``,
    ``domain``, ``hostname``, ``url``, and pairs of these with an address or a port. Of a document
    with several events each is read.
    """
    found = decoded(file, _Document | list[_Document])  # type: ignore[arg-type]  # msgspec takes unions
    documents = found if isinstance(found, list) else [found, *found.response]
    for number, document in enumerate(documents):
        if document.event:
            name = "Event" if len(documents) == 1 else f"[{number}].Event"
            yield from _entries(document.event, name, file.path)


def _entries(event: _Event, name: str, path: str) -> Iterator[Entry]:
    about = event.info, event.by.name if event.by else ""
    for number, each in enumerate(event.attributes):
        yield from _attribute(each, f"{name}.Attribute[{number}]", about, path)
    for place, one in enumerate(event.objects):
        for number, each in enumerate(one.attributes):
            at = f"{name}.Object[{place}].Attribute[{number}]"
            yield from _attribute(each, at, about, path)


def _attribute(each: _Attribute, at: str, about: tuple[str, str], path: str) -> Iterator[Entry]:
    if _no(each.to_ids) or not _no(each.deleted):
        yield LeftOut(at=at, why=NOT_DETECTING)
        return
    parts = PARTS.get(each.type)
    if parts is None:
        yield LeftOut(at=at, why=f"attributes of type {each.type[:MAX_TYPE_CHARS]!r}")
        return
    values = each.value.split("|") if len(parts) > 1 else [each.value]
    for kind, value in zip(parts, values, strict=False):
        if not kind:
            continue
        found = _read(kind, plain(value))
        if found is None and kind == "url":
            yield LeftOut(at=at, why=ODD_URLS)
            continue
        if found is None:
            raise FeedError(f"{path} {at}", f"is no {each.type}: {value[:MAX_SHOWN_CHARS]!r}")
        said = says(each.comment or "", *about)
        yield Indicator(kind=found[0], value=found[1], says=said)


def _no(flag: bool | int | str) -> bool:  # noqa: FBT001 - as documents write it
    return str(flag).lower() in ("false", "0", "")


def _read(kind: str, value: str) -> tuple[IndicatorKind, str] | None:
    if kind == "hash":
        return digest(value)
    if kind == "url":
        return url(value)
    found = address(value) if kind == "ip" else domain(value)
    wanted = IndicatorKind.IP if kind == "ip" else IndicatorKind.DOMAIN
    return (wanted, found) if found else None
