"""SUSE's documents as advisories."""

import pytest

from hullmark.feeds.csaf_suse import csaf_suse
from hullmark.model import FeedError, File
from tests.feeds.csaf import document, joined, product

SERVER = "SUSE Linux Enterprise Server 15 SP6"


def read(*products, joins, **status):
    told = {"cve": "CVE-2026-0001", "product_status": status}
    data = document(*products, joins=joins, told=[told])
    return [
        (each.ecosystem, each.name, [dict(range.events) for range in each.ranges], each.status)
        for found in csaf_suse.read(File(path="cve.json", content=data))
        for each in found.affected
    ]


@pytest.mark.parametrize(
    ("platform", "ecosystem"),
    [
        (SERVER, "SUSE:Linux Enterprise Server 15 SP6"),
        ("SUSE Linux Enterprise Server 16.0", "SUSE:Linux Enterprise Server 16.0"),
        ("SUSE Linux Enterprise Module for Basesystem 15 SP6", f"SUSE:{SERVER[5:]}"),
        ("SUSE Linux Enterprise Module for Python 3 15 SP6", f"SUSE:{SERVER[5:]}"),
        ("SUSE Linux Enterprise Micro 5.5", "SUSE:Linux Enterprise Micro 5.5"),
        ("SUSE Linux Micro 6.0", "SUSE:Linux Micro 6.0"),
        ("openSUSE Leap 15.6", "openSUSE:Leap 15.6"),
        ("openSUSE Tumbleweed", "openSUSE:Tumbleweed"),
        ("SUSE Linux Enterprise Server 15 SP4-LTSS", ""),
        ("SUSE Linux Enterprise Server for SAP Applications 15 SP6", ""),
        ("SUSE Linux Enterprise High Performance Computing 15 SP6", ""),
        ("SUSE Manager Server 4.3", ""),
        ("Image SLES15-SP6", ""),
    ],
)
def test_modules_count_as_their_server_and_other_products_are_passed_over(platform, ecosystem):
    found = read(
        *(product(platform), product("oak-1.2-3.1")),
        joins=[joined("oak-1.2-3.1", platform, "x")],
        recommended=["x"],
    )
    assert [each[0] for each in found] == ([ecosystem] if ecosystem else [])


@pytest.mark.parametrize(
    ("part", "name", "version"),
    [
        (product("oak-1.2-150600.3.1"), "oak", "1.2-150600.3.1"),
        (product("liboak-1_0-devel-1.2-3.1.x86_64"), "liboak-1_0-devel", "1.2-3.1"),
        (product("oak-1.2-3.1.noarch"), "oak", "1.2-3.1"),
        (product("p", purl="pkg:rpm/suse/oak@1.2-3.1?upstream=x.src.rpm"), "oak", "1.2-3.1"),
        (product("p", purl="pkg:rpm/suse/oak@1.2-3.1?epoch=2"), "oak", "2:1.2-3.1"),
    ],
)
def test_name_and_version_are_of_the_purl_or_else_of_the_name(part, name, version):
    joins = [joined(part["product_id"], SERVER, "x")]
    ((_, got, ranges, status),) = read(product(SERVER), part, joins=joins, recommended=["x"])
    assert (got, ranges, status) == (name, [{"introduced": "0", "fixed": version}], "")


def test_what_is_affected_is_named_without_a_version():
    part = product("liboak-1_0-devel")
    joins = [joined("liboak-1_0-devel", SERVER, "x")]
    ((_, name, ranges, status),) = read(product(SERVER), part, joins=joins, known_affected=["x"])
    assert (name, ranges, status) == ("liboak-1_0-devel", [{"introduced": "0"}], "unfixed")


def test_what_is_not_joined_to_a_release_or_no_rpm_is_passed_over():
    container = product("c", purl="pkg:oci/bci@1")
    assert read(product("oak-1-1"), joins=[], recommended=["oak-1-1"]) == []
    joins = [joined("c", SERVER, "x")]
    assert read(product(SERVER), container, joins=joins, recommended=["x"]) == []


def test_a_fix_without_a_version_is_refused():
    parts = product(SERVER), product("p", purl="pkg:rpm/suse/oak")
    with pytest.raises(FeedError, match="is fixed in no version"):
        read(*parts, joins=[joined("p", SERVER, "x")], recommended=["x"])
