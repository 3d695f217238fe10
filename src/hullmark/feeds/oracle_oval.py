"""Oracle Linux's advisories as OVAL definitions.

Format: https://linux.oracle.com/security/, https://oval-community-guidelines.readthedocs.io/
"""

from collections.abc import Iterator
from re import compile as regex

from msgspec import Struct
from msgspec.structs import replace

from hullmark.model import FeedError, File
from hullmark.model.advisory import Advisory, Affected, Range
from hullmark.model.ecosystems import flavoured, of_module
from hullmark.model.publication import elements, utc
from hullmark.model.xml import Element
from hullmark.unit import feed

MAX_SUMMARY_CHARS = 300

_release = regex(r"Oracle Linux ([0-9]{1,2})(?:\.[0-9]+)? is installed\Z").match
_module = regex(r"Module (?:stream )?([^:\s]+:[^:\s]+) is enabled\Z").match
_earlier = regex(r"(\S+) is earlier than ((?:[0-9]+:)?[^\s:]+)\Z").match
_is_cve = regex(r"CVE-[0-9]{4}-[0-9]{4,19}\Z").match
_is_id = regex(r"EL[SBE]A-[0-9]{4}-[0-9]{1,7}(?:-[0-9]+)?\Z").match
_line = regex(r"([0-9]+:)?[0-9]+\.[0-9]+").match

_BY_LINE = "kernel-uek"
"""Of these several lines (5.4, 5.15, 6.12) are kept for one release."""

_EXAMPLE = b"""<?xml version="1.0" encoding="utf-8"?>
<oval_definitions xmlns="http://oval.mitre.org/XMLSchema/oval-definitions-5"><definitions>
<definition id="oval:com.oracle.elsa:def:20261000" class="patch"><metadata>
 <title>
 ELSA-2026-1000:  oak security update (IMPORTANT)
 </title>
 <reference source="elsa" ref_id="ELSA-2026-1000" ref_url="https://oval.example/1000"/>
 <reference source="CVE" ref_id="CVE-2026-1000" ref_url="https://oval.example/CVE-2026-1000"/>
 <advisory><severity>IMPORTANT</severity><issued date="2026-02-03"/></advisory></metadata>
 <criteria operator="AND"><criterion comment="Oracle Linux 9 is installed"/>
  <criteria operator="OR"><criteria operator="AND">
   <criterion comment="Oracle Linux arch is x86_64"/>
   <criteria operator="OR"><criteria operator="AND">
    <criterion comment="oak is earlier than 1:1.2-3.el9"/>
    <criterion comment="oak is signed with the Oracle Linux 9 key"/>
   </criteria></criteria></criteria></criteria></criteria></definition>
</definitions></oval_definitions>"""


class _Within(Struct, frozen=True):
    """What must hold around a test."""

    release: str = ""
    module: str = ""


@feed(
    id="oracle-oval",
    addresses=("https://linux.oracle.com/security/oval/com.oracle.elsa-all.xml.bz2",),
    example=File(path="com.oracle.elsa-all.xml", content=_EXAMPLE),
    expect=("ELSA-2026-1000 Oracle Linux:9 oak",),
)
def oracle_oval(file: File) -> Iterator[Advisory]:
    """Every advisory, on packages as installed, each with the module that it is of.

    What it does not mend it does not tell. Builds for Ksplice and for FIPS are packages of their
    own, since their numbers say nothing of others. An advisory on Oracle's own kernel says nothing
    of its earlier lines.
    """
    for definition in elements(file, "oval_definitions", "definition"):
        if definition.attributes.get("class", "patch") == "patch":
            yield _advisory(definition, file)


def _advisory(definition: Element, file: File) -> Advisory:
    references = list(definition.every("metadata", "reference"))
    ids = [each.attributes.get("ref_id", "") for each in references]
    id = next(filter(_is_id, ids), "")
    if not id:
        called = definition.attributes.get("id", "")[:100]
        raise FeedError(file.path, f"definition {called!r} does not name its advisory")
    issued = definition.find("metadata", "advisory", "issued")
    dated = utc(issued.attributes.get("date", "")) if issued else ""
    word = definition.said("metadata", "advisory", "severity").lower()
    cves = [*ids, *(each.text for each in definition.every("metadata", "advisory", "cve"))]
    return Advisory(
        id=id,
        modified=dated,
        published=dated,
        upstream=tuple(dict.fromkeys(filter(_is_cve, cves))),
        summary=definition.said("metadata", "title")[:MAX_SUMMARY_CHARS],
        severities=(("Oracle", word),) if word and word != "n/a" else (),
        affected=tuple(_affected(definition, id, file)),
        references=tuple(filter(None, (each.attributes.get("ref_url") for each in references))),
    )


def _affected(definition: Element, id: str, file: File) -> Iterator[Affected]:
    fixes: dict[tuple[str, str], dict[str, None]] = {}
    for criteria in definition.every("criteria"):
        for within, name, version in _tests(criteria, _Within()):
            if not within.release:
                raise FeedError(file.path, f"{id} does not say of which release {name} is")
            named = of_module(within.module, flavoured(name, version))
            fixes.setdefault((f"Oracle Linux:{within.release}", named), {})[version] = None
    for (ecosystem, name), versions in sorted(fixes.items()):
        yield Affected(ecosystem, name, tuple(_range(name, version) for version in versions))


def _tests(criteria: Element, within: _Within) -> Iterator[tuple[_Within, str, str]]:
    """Package and version of each test, with what must hold beside it."""
    comments = [each.attributes.get("comment", "").strip() for each in criteria.every("criterion")]
    for comment in comments:
        if found := _release(comment):
            within = replace(within, release=found[1])
        elif found := _module(comment):
            within = replace(within, module=found[1])
    for comment in comments:
        if found := _earlier(comment):
            yield within, found[1], found[2]
    for inner in criteria.every("criteria"):
        yield from _tests(inner, within)


def _range(name: str, version: str) -> Range:
    line = _line(version) if name.startswith(_BY_LINE) else None
    return Range("ECOSYSTEM", (("introduced", line[0] if line else "0"), ("fixed", version)))
