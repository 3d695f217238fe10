"""Red Hat's CSAF: a VEX for each CVE, and its advisories.

Format: https://redhatproductsecurity.github.io/security-data-guidelines/csaf-vex/
and vex-ga-details beside it
"""

from collections.abc import Iterable
from re import compile as regex

from hullmark.model import File
from hullmark.model.advisory import Advisory
from hullmark.model.csaf import Product
from hullmark.model.csaf_advisory import Rpm, advisories
from hullmark.model.ecosystems import red_hat
from hullmark.model.purl import Parts, parts
from hullmark.unit import feed

_MAIN = regex(r"cpe:(?:/|2\.3:)[ao]:redhat:enterprise_linux:([0-9]{1,2})(?:[.:].*)?\Z").match
"""Releases of their own: extended and other support of a minor release has another product."""

_epoch = regex(r"-([0-9]{1,9}):").search
_is_stream = regex(r"[\w.+-]+:[\w.+-]+(?::.*)?\Z").match
_MODULE_FIELDS = 2
"""Name and stream; version, context and architecture follow."""

_EXAMPLE = b"""{
 "document": {"category": "csaf_vex", "csaf_version": "2.0", "title": "CVE-2026-1000",
  "tracking": {"id": "CVE-2026-1000", "current_release_date": "2026-02-03T04:05:06+00:00"}},
 "product_tree": {"branches": [{"category": "vendor", "name": "Red Hat", "branches": [
   {"category": "product_name", "name": "RHEL 9", "product": {"name": "RHEL 9",
    "product_id": "9", "product_identification_helper":
    {"cpe": "cpe:/o:redhat:enterprise_linux:9::baseos"}}},
   {"category": "product_version", "name": "oak", "product": {"name": "oak",
    "product_id": "oak", "product_identification_helper":
    {"purl": "pkg:rpm/redhat/oak@1.2-3.el9?arch=x86_64&epoch=1"}}},
   {"category": "product_version", "name": "elm", "product": {"name": "elm",
    "product_id": "elm", "product_identification_helper":
    {"purl": "pkg:rpm/redhat/elm?arch=src"}}}]}],
  "relationships": [
   {"category": "default_component_of", "product_reference": "oak",
    "relates_to_product_reference": "9",
    "full_product_name": {"name": "oak of RHEL 9", "product_id": "9:oak"}},
   {"category": "default_component_of", "product_reference": "elm",
    "relates_to_product_reference": "9",
    "full_product_name": {"name": "elm of RHEL 9", "product_id": "9:elm"}}]},
 "vulnerabilities": [{"cve": "CVE-2026-1000",
  "product_status": {"fixed": ["9:oak"], "known_affected": ["9:elm"]},
  "remediations": [{"category": "no_fix_planned", "details": "Will not fix",
   "product_ids": ["9:elm"]}],
  "threats": [{"category": "impact", "details": "Important", "product_ids": ["9:oak"]}]}]}
"""


@feed(
    id="csaf-redhat",
    addresses=("https://security.access.redhat.com/data/csaf/v2/vex/archive_latest.txt",),
    example=File(path="vex/2026/cve-2026-1000.json", content=_EXAMPLE),
    expect=(
        "REDHAT-CVE-2026-1000 Red Hat:enterprise_linux:9 elm.src",
        "REDHAT-CVE-2026-1000 Red Hat:enterprise_linux:9 oak",
    ),
)
def csaf_redhat(file: File) -> Iterable[Advisory]:
    """What a document says of rpms of Red Hat Enterprise Linux.

    A VEX becomes ``REDHAT-CVE-...`` and tells also what has no fix (``unfixed``,
    ``will-not-fix``, ``end-of-life``, ``under-investigation``). An advisory keeps its id
    (``RHSA-...``) and adds nothing to these, so those are not fetched. Packages of all
    repositories of a release are one ecosystem (``Red Hat:enterprise_linux:9``), which is CentOS's
    too; those of a module are named with it (``nodejs:18::npm``). Where a document tells of a
    source package alone, all that was built of it counts, and epochs do not, since installed
    packages keep none of their source. Several fixes of one CVE are all needed, and a fix goes
    before the word that there is none. Not kept: extended support of a minor release (EUS, AUS,
    E4S, TUS, ELS), products on top of it, containers, and modules of which no package is named.
    """
    return advisories(file, "REDHAT-", _located)


def _located(found: tuple[Product, ...], _status: str) -> Rpm | None:
    release = next(filter(None, (_MAIN(each.cpe) for each in found)), None)
    if not release:
        return None
    purls = [(each, parts(each.purl)) for each in found if each.purl]
    rpms = [(each, purl) for each, purl in purls if purl and purl.type == "rpm"]
    whole = [purl for _, purl in purls if purl and purl.type == "rpmmod"]
    if not rpms:
        return _of_module(red_hat(release[1]), whole)
    product, purl = rpms[0]
    source = purl.qualifiers.get("arch") == "src"
    epoch = purl.qualifiers.get("epoch") or _told_epoch(product, purl)
    version = purl.version
    if version and not source and ":" not in version and epoch not in ("", "0"):
        version = f"{epoch}:{version}"
    if source:
        version = version.rpartition(":")[2]
    label = purl.qualifiers.get("rpmmod", "") or _told_module(product, purl)
    if not label and whole:
        label = f"{whole[0].name}:{whole[0].version}" if whole[0].version else whole[0].name
    return Rpm(
        ecosystem=red_hat(release[1]),
        name=purl.name,
        version=version,
        module=":".join(label.split(":")[:_MODULE_FIELDS]),
        source=source,
    )


def _of_module(ecosystem: str, whole: list[Parts]) -> Rpm | None:
    """A source package of a module, in a spelling of old: ``rpmmod/redhat/nodejs:18/nodejs``."""
    for purl in whole:
        _, slash, module = purl.namespace.partition("/")
        if slash and not purl.version:
            return Rpm(ecosystem=ecosystem, name=purl.name, module=module, source=True)
    return None


def _told_module(product: Product, purl: Parts) -> str:
    """The module in the product's id, where its purl has none: ``cargo::rust-toolset:rhel9``."""
    one, _, other = product.product_id.partition("::")
    sides = (other, one) if one.startswith(purl.name) else (one, other)
    return next(filter(_is_stream, sides), "") if other else ""


def _told_epoch(product: Product, purl: Parts) -> str:
    """The epoch in the product's name, where its purl has none."""
    found = _epoch(product.name, len(purl.name))
    return found[1] if found and product.name.startswith(purl.name) else ""
