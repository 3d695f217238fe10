"""Where advisories of a package are found, and why nowhere."""

import pytest

from hullmark.advisories.match import matched
from hullmark.advisories.places import places_of, release_of
from hullmark.model import Distribution, Package
from hullmark.model.advisory import Affected
from tests.advisories.test_match import DEBIAN, NOW, OPENSSL, Known, found, pypi, ranged, record


def test_why_there_is_no_place_to_look_is_said():
    sid = Distribution(id="debian", name="Debian GNU/Linux forky/sid")
    [gap] = matched([OPENSSL], sid, Known(), now=NOW).gaps
    why = "no release that advisories are about is told by Debian GNU/Linux forky/sid: libssl3"
    assert gap.why == why
    nameless = Package(type="maven", name="log4j-core", version="2.14.1", path="app.jar")
    [gap] = matched([nameless], None, Known(), now=NOW).gaps
    assert (gap.subject, gap.why) == (
        "pkg:maven",
        "which group these packages are of is unknown: log4j-core",
    )


@pytest.mark.parametrize("ranges", [(), (ranged("introduced 0", "fixed abcdef", kind="GIT"),)])
def test_an_advisory_that_names_no_versions_is_a_gap(ranges):
    result = found(pypi("1.0"), record("PYSEC-1", Affected("PyPI", "leaf", ranges)))
    assert not result.findings
    assert [gap.subject for gap in result.gaps] == ["PYSEC-1"]
    assert "names no versions" in result.gaps[0].why


@pytest.mark.parametrize(
    ("id", "version", "release"),
    [
        ("debian", "12", "Debian:12"),
        ("debian", "12.5", "Debian:12"),
        ("debian", "", ""),
        ("ubuntu", "22.04", "Ubuntu:22.04:LTS"),
        ("ubuntu", "23.10", "Ubuntu:23.10"),
        ("ubuntu", "23.04", "Ubuntu:23.04"),
        ("alpine", "3.20.3", "Alpine:v3.20"),
        ("wolfi", "20230201", "Wolfi"),
        ("rocky", "9.3", "Rocky Linux:9"),
        ("amzn", "2", "Amazon Linux:2"),
        ("amzn", "2018.03", "Amazon Linux:1"),
        ("amzn", "2023", "Amazon Linux:2023"),
        ("ol", "8.10", "Oracle Linux:8"),
        ("plan9", "4", ""),
    ],
)
def test_releases_are_named_as_osv_names_them(id, version, release):
    assert release_of(Distribution(id=id, version=version)) == release


def test_a_release_may_have_more_digits_than_a_number():
    nines = "9" * 5000
    release = release_of(Distribution(id="sles", version=nines))
    assert release == f"SUSE:Linux Enterprise Server {nines}"


@pytest.mark.parametrize(
    ("version", "source_version", "epoch", "compared"),
    [
        ("6.2.1-1", "", "2", "2:6.2.1-1"),
        ("2:6.2.1-1", "", "2", "2:6.2.1-1"),
        ("12.2.0-3", "1.203", "4", "1.203"),
        ("6.2.1-1", "", "", "6.2.1-1"),
    ],
)
def test_a_debs_epoch_may_stand_beside_its_version(version, source_version, epoch, compared):
    package = Package(
        type="deb",
        name="libgmp10",
        version=version,
        qualifiers={"epoch": epoch},
        source="gmp",
        source_version=source_version,
    )
    assert [place.version for place in places_of(package, DEBIAN)] == [compared]


@pytest.mark.parametrize(
    ("qualifiers", "names"),
    [
        ({"modularitylabel": "nodejs:18:1:a"}, ["nodejs:18::npm", "*::npm"]),
        ({}, ["*::npm"]),
    ],
)
def test_rpms_of_modules_are_asked_for_by_any_label_or_none(qualifiers, names):
    rhel = Distribution(id="rhel", version="8.10")
    version = "8.19.4-1.18.20.4.1.module+el8.10.0+1+a"
    package = Package(type="rpm", name="npm", version=version, qualifiers=qualifiers)
    assert [place.name for place in places_of(package, rhel)] == names


@pytest.mark.parametrize(
    ("version", "module", "name"),
    [
        ("2.34-100.el9", "", "glibc"),
        ("2.34-100.ksplice1.el9", "", "glibc::ksplice"),
        ("3.8-4.el9_fips", "", "glibc::fips"),
        ("9-1.module+el8", "nodejs:18:20240101:abc", "nodejs:18::glibc"),
    ],
)
def test_oracle_is_asked_for_modules_and_flavours_alone(version, module, name):
    package = Package(type="rpm", name="glibc", version=version, qualifiers={"rpmmod": module})
    [place] = places_of(package, Distribution(id="ol", version="9.4"))
    assert (place.ecosystem, place.name) == ("Oracle Linux:9", name)
