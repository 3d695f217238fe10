"""SUSE's CSAF: a VEX for each CVE, and its advisories, on SUSE Linux Enterprise and openSUSE.

Format: https://ftp.suse.com/pub/projects/security/csaf-vex/ and csaf beside it
"""

from collections.abc import Iterable
from re import compile as regex

from hullmark.model import File
from hullmark.model.advisory import Advisory
from hullmark.model.csaf import Product
from hullmark.model.csaf_advisory import FIXED, Rpm, advisories
from hullmark.model.ecosystems import kept
from hullmark.model.purl import parts
from hullmark.unit import feed

_RELEASE = regex(
    r"(?:SUSE:Linux Enterprise (?:Server|Micro) |SUSE:Linux Micro |"
    r"openSUSE:Leap(?: Micro)? )"
    r"[0-9]+(?:\.[0-9]+)?(?: SP[0-9]+)?\Z|openSUSE:Tumbleweed\Z"
).match
_ARCHITECTURE = regex(
    r"\.(?:noarch|src|nosrc|x86_64|i[3-6]86|aarch64(?:_ilp32)?|armv[67]h?l|ppc64(?:le)?|s390x?|ia64|riscv64)\Z"
).sub

_EXAMPLE = b"""{
 "document": {"category": "csaf_vex", "csaf_version": "2.0", "title": "CVE-2026-1000",
  "tracking": {"id": "CVE-2026-1000", "current_release_date": "2026-02-03T04:05:06Z"}},
 "product_tree": {"branches": [{"category": "vendor", "name": "SUSE", "branches": [
   {"category": "product_name", "name": "SUSE Linux Enterprise Module for Basesystem 15 SP6",
    "product": {"name": "SUSE Linux Enterprise Module for Basesystem 15 SP6",
    "product_id": "SUSE Linux Enterprise Module for Basesystem 15 SP6",
    "product_identification_helper": {"cpe": "cpe:/o:suse:sle-module-basesystem:15:sp6"}}},
   {"category": "product_version", "name": "oak-1.2-150600.3.1", "product": {
    "name": "oak-1.2-150600.3.1", "product_id": "oak-1.2-150600.3.1"}},
   {"category": "product_version", "name": "elm-1_0-devel", "product": {
    "name": "elm-1_0-devel", "product_id": "elm-1_0-devel"}}]}],
  "relationships": [
   {"category": "default_component_of", "product_reference": "oak-1.2-150600.3.1",
    "relates_to_product_reference": "SUSE Linux Enterprise Module for Basesystem 15 SP6",
    "full_product_name": {"name": "oak", "product_id": "Basesystem:oak-1.2-150600.3.1"}},
   {"category": "default_component_of", "product_reference": "elm-1_0-devel",
    "relates_to_product_reference": "SUSE Linux Enterprise Module for Basesystem 15 SP6",
    "full_product_name": {"name": "elm", "product_id": "Basesystem:elm-1_0-devel"}}]},
 "vulnerabilities": [{"cve": "CVE-2026-1000",
  "product_status": {"recommended": ["Basesystem:oak-1.2-150600.3.1"],
   "known_affected": ["Basesystem:elm-1_0-devel"]}}]}
"""


@feed(
    id="csaf-suse",
    addresses=("https://ftp.suse.com/pub/projects/security/csaf-vex.tar.bz2",),
    example=File(path="csaf-vex/cve-2026-1000.json", content=_EXAMPLE),
    expect=(
        "SUSE-CVE-2026-1000 SUSE:Linux Enterprise Server 15 SP6 elm-1_0-devel",
        "SUSE-CVE-2026-1000 SUSE:Linux Enterprise Server 15 SP6 oak",
    ),
)
def csaf_suse(file: File) -> Iterable[Advisory]:
    """What a document says of rpms of SUSE Linux Enterprise and openSUSE.

    A VEX becomes ``SUSE-CVE-...`` and tells also what has no fix. An advisory keeps its id
    (``SUSE-SU-...``) and adds nothing to these, so those are not fetched. Modules
    (``Basesystem``, ``Server Applications``) count as the server of the same service pack. Where a
    product has no purl, name and version are those of its name. Not kept: long term support (LTSS,
    ESPOS), SAP, HPC and other products of their own, modules of version 12, whose service pack is
    not told, and containers.
    """
    return advisories(file, "SUSE-", _located)


def _located(found: tuple[Product, ...], status: str) -> Rpm | None:
    product, platform = found[0], found[-1]
    if len(found) == 1:
        return None
    ecosystem = kept(_ecosystem(platform.name))
    if not _RELEASE(ecosystem):
        return None
    purl = parts(product.purl)
    if purl and purl.type == "rpm":
        epoch = purl.qualifiers.get("epoch", "0")
        version = f"{epoch}:{purl.version}" if epoch != "0" and purl.version else purl.version
        source = purl.qualifiers.get("arch") == "src"
        return Rpm(
            ecosystem=ecosystem,
            name=purl.name,
            version=version.rpartition(":")[2] if source else version,
            source=source,
        )
    if purl:
        return None
    if status not in FIXED:
        return Rpm(ecosystem=ecosystem, name=product.name)
    name, _, release = _ARCHITECTURE("", product.name).rpartition("-")
    name, _, version = name.rpartition("-")
    return Rpm(ecosystem=ecosystem, name=name, version=f"{version}-{release}") if name else None


def _ecosystem(platform: str) -> str:
    """A product as OSV names it: ``SUSE:Linux Enterprise Server 15 SP6``."""
    vendor, _, product = platform.partition(" ")
    return f"{vendor}:{product}" if vendor in ("SUSE", "openSUSE") else ""
