"""Packages that the distribution did not build."""

import pytest

from hullmark.advisories import origins
from hullmark.advisories.match import matched
from hullmark.advisories.origins import vendor_of
from hullmark.advisories.places import release_of
from hullmark.model import Distribution, File, Package
from hullmark.parsers.dpkg_status import dpkg_status
from tests.advisories.test_match import NOW, Known, about, record

ALMA = Distribution(id="almalinux", version="9.4")
DEBIAN = Distribution(id="debian", version="12")


def rpm(vendor):
    return Package(type="rpm", name="zed", version="1-1", vendor=vendor)


def deb(vendor="", version="1.0-1", name="zed"):
    return Package(type="deb", name=name, version=version, vendor=vendor)


@pytest.mark.parametrize(
    ("vendor", "whose"),
    [
        ("AlmaLinux", ""),
        ("AlmaLinux OS Foundation", ""),
        ("Fedora Project", "Fedora Project"),
        ("Remi's RPM repository", "Remi's RPM repository"),
        ("", ""),
        ("(none)", ""),
    ],
)
def test_an_rpm_says_by_its_vendor_whose_it_is(vendor, whose):
    assert vendor_of(rpm(vendor), ALMA) == whose


ENTERPRISE = (
    *("almalinux", "amzn", "centos", "ol", "opensuse-leap", "opensuse-leap-micro"),
    *("opensuse-tumbleweed", "rhel", "rocky", "sl-micro", "sle-micro", "sled", "sles", "sles_sap"),
)


@pytest.mark.parametrize("id", ENTERPRISE)
def test_every_distribution_of_rpms_whose_advisories_are_read_has_names(id):
    distribution = Distribution(id=id, version="9.4")
    assert release_of(distribution)
    assert vendor_of(rpm("Somebody"), distribution) == "Somebody"


def test_of_an_unknown_distribution_nobody_elses_packages_are_told():
    assert vendor_of(rpm("Somebody"), Distribution(id="nobara", version="40")) == ""
    assert vendor_of(rpm("Somebody"), None) == ""
    assert vendor_of(deb("Docker <support@docker.com>"), Distribution(id="kali")) == ""


@pytest.mark.parametrize(
    ("package", "whose"),
    [
        (deb(), ""),
        (deb("Jo Doe <jo@example.org>"), ""),
        (deb("Docker <support@docker.com>"), "Docker"),
        (deb("NGINX Packaging <nginx-packaging@f5.com>"), "NGINX"),
        (deb("MySQL Release Engineering <x@oss.oracle.com>"), "Oracle"),
        (deb("Jo Doe <jo@notdocker.com>"), ""),
        (deb("GitLab, Inc."), "GitLab, Inc."),
        (deb("none"), "a vendor without a name"),
        (deb(version="16.1-1.pgdg120+1"), "PostgreSQL's own repository"),
        (deb(version="8.3.1-1+0~2024.1+debian12~1.gbp1+deb.sury.org"), "deb.sury.org"),
        (deb(version="1.0-1~bpo12+1"), ""),
        (deb(version="1.0-1+deb12u3"), ""),
    ],
)
def test_a_deb_is_somebody_elses_only_where_something_tells_so(package, whose):
    assert vendor_of(package, DEBIAN) == whose


@pytest.mark.parametrize(
    ("fields", "vendor"),
    [
        (b"Maintainer: Debian Zed Team <zed@lists.debian.org>", ""),
        (b"Maintainer: Ubuntu Developers <x@lists.ubuntu.com>", ""),
        (b"Maintainer: Jo Doe <jo@example.org>", "Jo Doe <jo@example.org>"),
        (b"Maintainer: Jo Doe", ""),
        (b"Origin: Debian\nMaintainer: Jo Doe <jo@example.org>", ""),
        (b"Vendor: Zed Inc. <x@y>\nMaintainer: <root@build>", "Zed Inc."),
        (b"Maintainer: " + b"x" * 500 + b" <jo@example.org>", "x" * 200),
    ],
)
def test_dpkg_keeps_who_built_a_package_where_it_is_not_the_distribution(fields, vendor):
    content = b"Package: zed\nVersion: 1\n" + fields + b"\n"
    [package] = dpkg_status.parse(File(path="var/lib/dpkg/status", content=content))
    assert package.vendor == vendor


def test_one_gap_tells_of_all_packages_of_a_vendor_and_they_are_not_judged():
    built = about("AlmaLinux:9", "php", "introduced 0", "fixed 9-1")
    known = Known(record("ALSA-2024:1", built, related=("CVE-2024-0001",)))
    theirs = [
        Package(type="rpm", name=name, version="1-1", vendor="Remi's RPM repository", path="x")
        for name in ("php", "php-cli")
    ]
    own = Package(type="rpm", name="php", version="1-1", vendor="AlmaLinux", path="x")
    told = matched([*theirs, own], ALMA, known, now=NOW)
    assert [each.subject for each in told.findings] == [own.purl]
    [gap] = told.gaps
    assert gap.subject == "Remi's RPM repository"
    assert gap.why.startswith("2 packages that the distribution did not build")
    assert gap.why.endswith("php, php-cli")


def test_vendors_beyond_the_bound_share_a_gap():
    foreign = origins.Foreign(ALMA)
    for number in range(origins.MAX_VENDORS + 5):
        assert foreign.is_of_other(rpm(f"Vendor {number}"))
    gaps = list(foreign.gaps())
    assert len(gaps) == origins.MAX_VENDORS + 1
    assert gaps[-1].subject == "other vendors"
