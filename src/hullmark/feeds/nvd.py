"""NIST's National Vulnerability Database: which versions of a product a CVE affects, by CPE.

Format: https://nvd.nist.gov/developers/vulnerabilities (2.0) and
https://csrc.nist.gov/pubs/ir/7695/final (CPE 2.3)
"""

from collections.abc import Iterable, Iterator, Sequence
from re import compile as regex
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from hullmark.model import FeedError, File
from hullmark.model.advisory import Advisory, Affected, Range
from hullmark.model.publication import decoded, utc
from hullmark.unit import feed

MAX_MATCHES = 200_000
"""Of one CVE: the most seen, on routers, are some 20,000."""

MAX_REFERENCES = 100
MAX_SUMMARY_LENGTH = 1000
ECOSYSTEM = "CPE"
CPE_PARTS = 13
_PART, _VENDOR, _PRODUCT, _VERSION, _UPDATE = 2, 3, 4, 5, 6
_TARGET_SOFTWARE = 10
_ANY, _NONE = "*", "-"

_TARGETS = frozenset(("*", "-", "docker", "kubernetes", "linux", "linux_kernel", "unix"))
"""Of ``target_sw``: where a program may run here, unlike ``wordpress`` or ``windows``."""

_SYSTEMS = frozenset(
    (
        *(
            "alpine_linux",
            "almalinux",
            "amazon_linux",
            "debian_linux",
            "enterprise_linux",
            "fedora",
        ),
        *("leap", "linux", "linux_enterprise_server", "linux_kernel", "opensuse", "rocky_linux"),
        *("ubuntu_linux", "unix"),
    )
)
"""Operating systems on which a program may run here, by product."""

_AFTER = ".a"
"""Behind a version, the first that sorts behind it in the ``generic`` order."""

_FIRST_YEAR, _LAST_YEAR = 2002, 2026
_ADDRESS = "https://nvd.nist.gov/feeds/json/cve/2.0/nvdcve-2.0-{}.json.gz"

_parts = regex(r"(?<!\\):").split
_unquoted = regex(r"\\(.)").sub

Word = Annotated[str, Meta(max_length=256)]
Criteria = Annotated[str, Meta(max_length=1000)]
Text = Annotated[str, Meta(max_length=65536)]
Id = Annotated[str, Meta(pattern=r"^CVE-[0-9]{4}-[0-9]{4,19}$")]
Time = Annotated[str, Meta(max_length=40, pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?$")]


class _Match(Struct, rename="camel"):
    criteria: Criteria
    vulnerable: bool
    version_start_including: Word = ""
    version_start_excluding: Word = ""
    version_end_including: Word = ""
    version_end_excluding: Word = ""


class _Node(Struct, rename="camel"):
    operator: Word = "OR"
    negate: bool = False
    cpe_match: list[_Match] = []


class _Configuration(Struct):
    nodes: list[_Node] = []
    operator: Word = "OR"
    negate: bool = False


class _Data(Struct, rename="camel"):
    vector_string: Word = ""


class _Metric(Struct, rename="camel"):
    cvss_data: _Data
    type: Word = ""


class _Metrics(Struct):
    v2: list[_Metric] = msgspec.field(name="cvssMetricV2", default_factory=list)
    v30: list[_Metric] = msgspec.field(name="cvssMetricV30", default_factory=list)
    v31: list[_Metric] = msgspec.field(name="cvssMetricV31", default_factory=list)
    v40: list[_Metric] = msgspec.field(name="cvssMetricV40", default_factory=list)


class _Description(Struct):
    lang: Word = ""
    value: Text = ""


class _Reference(Struct):
    url: Text = ""


class _Cve(Struct, rename="camel"):
    id: Id
    published: Time
    last_modified: Time
    vuln_status: Word = ""
    descriptions: list[_Description] = []
    metrics: _Metrics = msgspec.field(default_factory=_Metrics)
    references: list[_Reference] = []
    configurations: list[_Configuration] = []


class _Item(Struct):
    cve: _Cve


class _Page(Struct):
    format: Word
    version: Word
    vulnerabilities: list[_Item]


class _Cpe(Struct, frozen=True):
    part: str
    vendor: str
    product: str
    version: str
    update: str
    target: str


_EXAMPLE = b"""{"format": "NVD_CVE", "version": "2.0", "vulnerabilities": [{"cve": {
 "id": "CVE-2026-1000", "published": "2026-01-02T03:04:05.678",
 "lastModified": "2026-02-03T04:05:06.789", "vulnStatus": "Analyzed",
 "descriptions": [{"lang": "en", "value": "Oak falls over."}],
 "metrics": {"cvssMetricV31": [{"type": "Primary", "cvssData":
  {"vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"}}]},
 "configurations": [{"nodes": [{"operator": "OR", "negate": false, "cpeMatch": [
  {"vulnerable": true, "criteria": "cpe:2.3:a:forest:oak:*:*:*:*:*:*:*:*",
   "versionStartIncluding": "1.0", "versionEndExcluding": "1.4.2"},
  {"vulnerable": true, "criteria": "cpe:2.3:a:forest:oak:2.0:rc1:*:*:*:*:*:*"}]}]}]}}]}
"""


@feed(
    id="nvd",
    addresses=[_ADDRESS.format(year) for year in range(_FIRST_YEAR, _LAST_YEAR + 1)],
    example=File(path="nvdcve-2.0-2026.json", content=_EXAMPLE),
    expect=("NVD-CVE-2026-1000 CPE forest:oak",),
)
def nvd(file: File) -> Iterable[Advisory]:
    """The CVEs of a yearly feed or of a page of the API that are on products.

    A CVE becomes ``NVD-CVE-...`` of ecosystem ``CPE``, its packages are called
    ``vendor:product``, and versions sort as ``generic`` ones. Programs that no distribution
    packaged are held against it. An update is part of a version (``2.0:rc1`` is
    ``2.0-rc1``). Its publisher is asked for the years from 2002 to 2026; what it has of later
    ones can be brought from a folder.

    Where a product is affected only together with others ("running on"), it counts when those
    are Linux; where they are hardware, another system or another program, nothing is taken
    over, since whether they are there is not looked at. Nor are negated statements, hardware and
    operating systems themselves, products for another software (a plug-in for WordPress), versions
    that are not told (``-``), and CVEs that were rejected or not analysed yet.
    """
    page = _page(file)
    for item in page.vulnerabilities:
        cve = item.cve
        if not utc(cve.published) or not utc(cve.last_modified):
            raise FeedError(file.path, f"{cve.id} has no time")
        if cve.vuln_status.lower() != "rejected" and (affected := _affected(file, cve)):
            yield _advisory(cve, affected)


def _page(file: File) -> _Page:
    page = decoded(file, _Page)
    if page.format != "NVD_CVE" or page.version != "2.0":
        why = f"{page.format[:40]!r} {page.version[:20]!r} is not 'NVD_CVE' '2.0'"
        raise FeedError(file.path, why)
    return page


def _advisory(cve: _Cve, affected: tuple[Affected, ...]) -> Advisory:
    summary = next((each.value for each in cve.descriptions if each.lang == "en"), "")
    return Advisory(
        id=f"NVD-{cve.id}",
        modified=utc(cve.last_modified),
        published=utc(cve.published),
        aliases=(cve.id,),
        summary=summary[:MAX_SUMMARY_LENGTH],
        severities=tuple(_severities(cve.metrics)),
        affected=affected,
        references=tuple(dict.fromkeys(each.url for each in cve.references if each.url))[
            :MAX_REFERENCES
        ],
    )


def _severities(metrics: _Metrics) -> Iterator[tuple[str, str]]:
    """Vectors, the NVD's own before those of others, the usual version of CVSS first."""
    for primary in (True, False):
        for kind, scored in (
            ("CVSS_V3", metrics.v31),
            ("CVSS_V3", metrics.v30),
            ("CVSS_V4", metrics.v40),
            ("CVSS_V2", metrics.v2),
        ):
            for each in scored:
                if each.cvss_data.vector_string and (each.type == "Primary") is primary:
                    yield kind, each.cvss_data.vector_string


def _affected(file: File, cve: _Cve) -> tuple[Affected, ...]:
    """One entry a product, with all ranges that are said of it."""
    found: dict[str, dict[Range, None]] = {}
    count = 0
    for configuration in cve.configurations:
        for each in _judged(file, configuration):
            count += 1
            if count > MAX_MATCHES:
                raise FeedError(file.path, f"{cve.id} has more than {MAX_MATCHES} matches")
            cpe = _cpe(file, each.criteria)
            if cpe.part == "a" and cpe.target in _TARGETS and (events := _events(each, cpe)):
                name = f"{cpe.vendor}:{cpe.product}"
                found.setdefault(name, {})[Range("ECOSYSTEM", events)] = None
    return tuple(Affected(ECOSYSTEM, name, ranges=tuple(found[name])) for name in sorted(found))


def _judged(file: File, configuration: _Configuration) -> Sequence[_Match]:
    """What counts by itself of a configuration; nothing where it hangs on what is not known."""
    nodes = configuration.nodes
    if configuration.negate or any(node.negate for node in nodes):
        return ()
    affected = [[each for each in node.cpe_match if each.vulnerable] for node in nodes]
    if any(node.operator == "AND" and len(node.cpe_match) > 1 for node in nodes):
        return ()
    if configuration.operator == "AND":
        if len(list(filter(None, affected))) != 1:
            return ()
        grounds = [node for node, some in zip(nodes, affected, strict=True) if not some]
        if not all(_is_here(file, node) for node in grounds):
            return ()
    return [each for some in affected for each in some]


def _is_here(file: File, node: _Node) -> bool:
    """Whether one of the things on which a product runs is Linux."""
    named = (_cpe(file, each.criteria) for each in node.cpe_match)
    return any(cpe.part == "o" and cpe.product in _SYSTEMS for cpe in named)


def _events(match: _Match, cpe: _Cpe) -> tuple[tuple[str, str], ...]:
    """The range of a match; empty where it names no version at all."""
    if cpe.version == _NONE:
        return ()
    if cpe.version != _ANY:
        version = cpe.version
        if cpe.update not in (_ANY, _NONE):
            version = f"{version}-{cpe.update}"
        return (("introduced", version), ("last_affected", version))
    start = match.version_start_including or "0"
    if match.version_start_excluding:
        start = f"{match.version_start_excluding}{_AFTER}"
    if match.version_end_excluding:
        return (("introduced", start), ("fixed", match.version_end_excluding))
    if match.version_end_including:
        return (("introduced", start), ("last_affected", match.version_end_including))
    return (("introduced", start),)


def _cpe(file: File, text: str) -> _Cpe:
    parts = _parts(text)
    if len(parts) != CPE_PARTS or parts[:2] != ["cpe", "2.3"]:
        raise FeedError(file.path, f"{text[:100]!r} is no CPE 2.3")
    plain = [_unquoted(r"\1", part) for part in parts]
    return _Cpe(
        part=plain[_PART],
        vendor=plain[_VENDOR],
        product=plain[_PRODUCT],
        version=plain[_VERSION],
        update=plain[_UPDATE],
        target=plain[_TARGET_SOFTWARE],
    )
