"""Packages against advisories that tests write."""

from datetime import UTC, datetime

import pytest
from msgspec import Struct

from hullmark.advisories import match
from hullmark.advisories.match import NO_DATA, matched
from hullmark.advisories.places import places_of
from hullmark.advisories.ranges import Verdict, judged
from hullmark.advisories.upgrades import upgrades
from hullmark.model import (
    Artifact,
    ArtifactKind,
    Distribution,
    Package,
    ParseError,
    Report,
    Severity,
)
from hullmark.model.advisory import Advisory, Affected, Range
from hullmark.store.advisory_file import Overlaid

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TODAY = "2026-11-22T00:00:00Z"
DEBIAN = Distribution(id="debian", version="12", end_of_life="2028-06-30")
V31 = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"


class State(Struct):
    records: int
    newest: str


class Known:
    """Advisories in memory."""

    def __init__(self, *records, newest=TODAY, exploited=(), epss=(), cvss=()):
        self.records = {record.id: record for record in records}
        self.newest = newest
        self.exploited_, self.epss_, self.cvss_ = dict(exploited), dict(epss), dict(cvss)

    def affecting_any(self, ecosystem, names):
        found = {}
        for record in self.records.values():
            for each in record.affected:
                if each.ecosystem == ecosystem and each.name in names:
                    found.setdefault(each.name, []).append((record.id, each))
        return found

    def heads(self, ids):
        return {id: self.records[id] for id in ids}

    def overlaid(self, cves):
        return {
            cve: Overlaid(
                vector=self.cvss_.get(cve, ""),
                exploited=self.exploited_.get(cve, ""),
                epss=self.epss_.get(cve, (None,))[0],
            )
            for cve in cves
        }

    def left_out(self):
        return {}

    def covered(self):
        found = {each.ecosystem for record in self.records.values() for each in record.affected}
        return {name: State(1, self.newest) for name in found}


def ranged(*events, kind="ECOSYSTEM"):
    return Range(kind, tuple(tuple(event.split(" ")) for event in events))


def about(ecosystem, name, *events, **more):
    return Affected(ecosystem, name, (ranged(*events),) if events else (), **more)


def record(id, *affected, **more):
    return Advisory(id=id, modified=TODAY, affected=affected, **more)


def found(package, *records, distribution=DEBIAN, **known):
    return matched([package], distribution, Known(*records, **known), now=NOW)


def pypi(version, name="leaf"):
    return Package(type="pypi", name=name, version=version, path="a/METADATA")


OPENSSL = Package(
    type="deb",
    namespace="debian",
    name="libssl3",
    version="3.0.11-1",
    source="openssl",
    source_version="3.0.11-1",
    path="var/lib/dpkg/status",
    layer="sha256:aa",
)
FIX = about("Debian:12", "openssl", "introduced 0", "fixed 3.0.15-1")


@pytest.mark.parametrize(
    ("events", "version", "affected", "fixed"),
    [
        (["introduced 0", "fixed 2.0"], "1.9", True, "2.0"),
        (["introduced 0", "fixed 2.0"], "2.0", False, ""),
        (["introduced 0", "fixed 2.0"], "2.1", False, ""),
        (["introduced 0"], "99", True, ""),
        (["introduced 1.0", "fixed 1.5", "introduced 2.0", "fixed 2.5"], "0.9", False, ""),
        (["introduced 1.0", "fixed 1.5", "introduced 2.0", "fixed 2.5"], "1.0", True, "1.5"),
        (["introduced 1.0", "fixed 1.5", "introduced 2.0", "fixed 2.5"], "1.7", False, ""),
        (["introduced 2.0", "fixed 2.5", "introduced 1.0", "fixed 1.5"], "2.4", True, "2.5"),
        (["introduced 0", "last_affected 2.0"], "2.0", True, ""),
        (["introduced 0", "last_affected 2.0"], "2.0.1", False, ""),
        (["introduced 1.0", "limit 2.0"], "1.5", True, ""),
        (["introduced 1.0", "limit 2.0"], "2.0", False, ""),
        (["introduced 2.0", "fixed 2.0"], "2.0", False, ""),
    ],
)
def test_a_version_is_inside_or_outside_as_osv_evaluates(events, version, affected, fixed):
    verdict = judged(about("x", "y", *events), version, "dpkg")
    assert (verdict.affected, verdict.fixed) == (affected, fixed)


def test_a_listed_version_is_affected_and_ranges_of_commits_are_not_compared():
    listed = Affected("x", "y", (ranged("introduced abcdef", kind="GIT"),), ("1.0",))
    assert judged(listed, "1.0", "dpkg").affected
    assert not judged(listed, "1.1", "dpkg").affected
    with pytest.raises(ParseError, match="is no event"):
        judged(about("x", "y", "ended 1"), "1", "dpkg")


def test_a_distribution_is_asked_by_its_source_package():
    dsa = record("DSA-1-1", FIX, upstream=("CVE-2024-0001", "CVE-2024-0002"), summary="openssl")
    [first, second] = found(OPENSSL, dsa).findings
    assert (first.rule, second.rule) == ("CVE-2024-0001", "CVE-2024-0002")
    assert first.aliases == ("DSA-1-1",)
    assert first.subject == OPENSSL.purl
    assert first.fix.value == "3.0.15-1"
    assert first.evidence.layer == "sha256:aa"
    assert "libssl3 (of openssl) 3.0.11-1 is affected, fixed in 3.0.15-1" in first.evidence.says


def test_records_of_one_vulnerability_are_one_finding():
    records = (
        record("PYSEC-1", about("PyPI", "leaf", "introduced 0"), aliases=("CVE-2024-0009",)),
        record("GHSA-a", about("PyPI", "leaf", "introduced 0", "fixed 2.1"), aliases=("GHSA-b",)),
        record("GHSA-b", about("PyPI", "leaf", "introduced 0"), aliases=("CVE-2024-0005",)),
        record("PYSEC-2", about("PyPI", "leaf", "introduced 0"), aliases=("GHSA-b",)),
    )
    both = found(pypi("1.0"), *records).findings
    assert [(each.rule, each.aliases) for each in both] == [
        ("CVE-2024-0005", ("GHSA-a", "GHSA-b", "PYSEC-2")),
        ("CVE-2024-0009", ("PYSEC-1",)),
    ]
    assert both[0].fix.value == "2.1"


@pytest.mark.parametrize(
    ("id", "more", "names"),
    [
        ("DEBIAN-1", {"upstream": ("CVE-2024-0001",), "aliases": ("GHSA-x",)}, [["GHSA-x"]]),
        ("RLSA-1", {"aliases": ("CVE-2024-0001", "CVE-2024-0002")}, [[], []]),
        ("RLSA-1", {"related": ("CVE-2024-0001",), "aliases": ("CVE-2024-0001",)}, [[]]),
        ("DSA-1", {"upstream": ("CVE-2024-0001", "CVE-2024-0002"), "aliases": ("X",)}, [[], []]),
    ],
)
def test_every_name_of_one_vulnerability_is_told_and_none_of_another(id, more, names):
    findings = found(OPENSSL, record(id, FIX, **more)).findings
    assert [each.rule for each in findings] == [f"CVE-2024-000{n + 1}" for n in range(len(names))]
    assert [each.aliases for each in findings] == [tuple(sorted([id, *own])) for own in names]


def test_an_upgrade_ends_all_of_a_package_that_have_a_fix():
    later = about("Debian:12", "openssl", "introduced 0", "fixed 3.0.17-1")
    endless = about("Debian:12", "openssl", "introduced 0")
    records = (
        record("DSA-1-1", FIX, upstream=("CVE-2024-0001", "CVE-2024-0002")),
        record("DSA-2-1", later, upstream=("CVE-2024-0003",)),
        record("DSA-3-1", endless, upstream=("CVE-2024-0004",)),
    )
    findings = found(OPENSSL, *records).findings
    artifact = Artifact(kind=ArtifactKind.IMAGE, name="x")
    report = Report(artifact=artifact, distribution=DEBIAN, packages=(OPENSSL,), findings=findings)
    [upgrade] = upgrades(report)
    assert (upgrade.package, upgrade.version, upgrade.to) == ("openssl", "3.0.11-1", "3.0.17-1")
    assert (upgrade.ends, len(findings)) == (3, 4)


def test_short_versions_of_advisories_are_taken_for_what_they_mean():
    short = about("npm", "leaf", "introduced 13.0", "fixed 14")
    assert judged(short, "13.5.0", "semver").fixed == "14"
    assert not judged(short, "14.0.0", "semver").affected


def test_withdrawn_records_and_those_of_no_vulnerability_are_passed_over():
    alma = Distribution(id="almalinux", version="9.4")
    bash = Package(type="rpm", namespace="almalinux", name="bash", version="5.1-1", path="x")
    mends = about("AlmaLinux:9", "bash", "introduced 0", "fixed 5.1-2")
    gone = record("DSA-2-1", FIX, upstream=("CVE-2024-0003",), withdrawn=TODAY)
    assert not found(OPENSSL, gone).findings
    assert not found(bash, record("ALBA-2024:1", mends), distribution=alma).findings
    told = record("ALBA-2024:2", mends, related=("CVE-2024-0004",))
    assert found(bash, told, distribution=alma).findings


def test_severity_is_the_packages_own_before_others():
    low = record(
        "DSA-1-1",
        about("Debian:12", "openssl", "introduced 0", severities=(("Debian", "low"),)),
        upstream=("CVE-2024-0001",),
        severities=(("CVSS_V3", V31),),
    )
    [finding] = found(OPENSSL, low).findings
    assert finding.severity is Severity.LOW
    assert "low by Debian" in finding.evidence.says
    assert finding.fix is None
    plain = record("DSA-1-1", FIX, upstream=("CVE-2024-0001",))
    [finding] = found(OPENSSL, plain, cvss=[("CVE-2024-0001", V31)]).findings
    assert finding.severity is Severity.CRITICAL
    [finding] = found(OPENSSL, plain).findings
    assert finding.severity is Severity.MEDIUM
    assert "no severity that can be read is published" in finding.evidence.says


def test_what_attackers_use_goes_before_what_they_might():
    plain = record("DSA-1-1", FIX, upstream=("CVE-2024-0001",), severities=(("CVSS_V3", V31),))
    name = "CVE-2024-0001"
    scores = [
        found(OPENSSL, plain, **known).findings[0].score
        for known in ({}, {"epss": [(name, (0.5, 0.9))]}, {"exploited": [(name, "2024-02-01")]})
    ]
    assert scores == sorted(set(scores))
    assert max(scores) <= 100


def test_what_no_advisory_covers_is_a_gap():
    package = Package(type="generic", name="tool", version="1", path="x")
    [gap] = found(package).gaps
    assert (gap.unit, gap.subject) == ("vulnerabilities", "pkg:generic")
    [gap] = found(pypi("1.0")).gaps
    assert (gap.subject, gap.why) == ("PyPI", NO_DATA)
    [gap] = matched([OPENSSL], None, Known(), now=NOW).gaps
    assert "distribution" in gap.why
    old = record("PYSEC-1", about("PyPI", "leaf", "introduced 5"))
    [gap] = found(pypi("1.0"), old, newest="2026-11-01T00:00:00Z").gaps
    assert "newest advisory on hand is of 2026-11-01" in gap.why
    ended = Distribution(id="debian", version="12", end_of_life="2020-01-01")
    whys = [gap.why for gap in found(OPENSSL, record("DSA-1", FIX), distribution=ended).gaps]
    assert any("past its end of life (2020-01-01)" in why for why in whys)


def test_what_cannot_be_ordered_is_a_gap_and_not_safe():
    odd = Package(type="deb", namespace="debian", name="a", version="1 2", path="status")
    matching = found(odd, record("DSA-1-1", about("Debian:12", "a", "introduced 0", "fixed 2")))
    assert not matching.findings
    assert [gap.subject for gap in matching.gaps] == ["DSA-1-1"]
    nameless = Package(type="pypi", name="leaf", version="", path="a/METADATA")
    known = record("PYSEC-1", about("PyPI", "leaf", "introduced 0"))
    [gap] = found(nameless, known).gaps
    assert (gap.subject, gap.why) == (
        "PyPI leaf",
        "has no version here: 1 advisories cannot be held against it",
    )
    assert not found(nameless, record("PYSEC-1", about("PyPI", "tree", "introduced 0"))).gaps


@pytest.mark.parametrize(
    ("package", "place"),
    [
        (pypi("1", "Leaf_Tree.x"), ("PyPI", "leaf-tree-x", "1")),
        (
            Package(type="npm", namespace="@babel", name="core", version="7.1.0"),
            ("npm", "@babel/core", "7.1.0"),
        ),
        (
            Package(type="maven", namespace="org.x", name="y", version="1"),
            ("Maven", "org.x:y", "1"),
        ),
        (Package(type="golang", name="stdlib", version="go1.21.3"), ("Go", "stdlib", "1.21.3")),
        (Package(type="docker", name="nginx", version="1"), None),
    ],
)
def test_packages_are_named_as_osv_names_them(package, place):
    got = next(iter(places_of(package, None)), None)
    assert (got and (got.ecosystem, got.name, got.version)) == place


ALMA = Distribution(id="almalinux", version="9.4")


def rpm(version, **more):
    return Package(type="rpm", namespace="almalinux", name="a", version=version, path="x", **more)


def test_an_epoch_of_rpm_counts():
    told = record("ALSA-1", about("AlmaLinux:9", "a", "introduced 0", "fixed 1:3.0-1"))
    assert found(rpm("3.0-1"), told, distribution=ALMA).findings
    assert not found(rpm("3.0-1", qualifiers={"epoch": "1"}), told, distribution=ALMA).findings


def test_the_rpm_family_names_its_cves_as_related():
    affected = about("AlmaLinux:9", "a", "introduced 0", "fixed 2-1")
    told = record("ALSA-1", affected, related=("CVE-2024-0001", "CVE-2024-0002", "X-1"))
    findings = found(rpm("1-1"), told, distribution=ALMA).findings
    assert [each.rule for each in findings] == ["CVE-2024-0001", "CVE-2024-0002"]


def test_a_word_for_nothing_much_holds():
    for word in ("negligible", "unimportant", "unmaintained"):
        affected = about("Debian:12", "openssl", "introduced 0", urgency=word)
        grave = record("DSA-1", affected, severities=(("CVSS_V3", V31),))
        [finding] = found(OPENSSL, grave).findings
        assert finding.severity is Severity.INFO, word


def test_what_cannot_be_ordered_takes_nothing_from_what_can():
    bad = Range("ECOSYSTEM", (("introduced", "0"), ("fixed", "1 2")))
    both = Affected("x", "y", (bad, ranged("introduced 0", "fixed 2.0")))
    assert judged(both, "1.0", "dpkg").fixed == "2.0"
    assert judged(Affected("x", "y", (bad,), ("1.0",)), "1.0", "dpkg").affected
    with pytest.raises(ParseError):
        judged(both, "3.0", "dpkg")


def test_a_fix_is_affected_by_no_other_range():
    first, second = ranged("introduced 0", "fixed 1.5"), ranged("introduced 1.2", "fixed 2.5")
    assert judged(Affected("x", "y", (first, second)), "1.0", "dpkg").fixed == "2.5"
    endless = Affected("x", "y", (first, ranged("introduced 0")))
    assert judged(endless, "1.0", "dpkg") == Verdict(affected=True)
    again = about("x", "y", "introduced 0", "introduced 5", "fixed 6")
    assert judged(again, "3", "dpkg").fixed == "6"
    limited = about("x", "y", "introduced 0", "limit 2", "introduced 3")
    assert not judged(limited, "4", "dpkg").affected


def test_local_versions_of_python_are_those_that_they_were_built_from():
    last = about("PyPI", "torch", "introduced 0", "last_affected 2.5.1")
    assert judged(last, "2.5.1+cpu", "pep440").affected
    assert judged(Affected("PyPI", "torch", (), ("2.5.1",)), "2.5.1+cpu", "pep440").affected
    assert judged(Affected("PyPI", "torch", (), ("1.0",)), "1.0.0", "pep440").affected
    assert not judged(last, "2.5.2+cpu", "pep440").affected


def test_siblings_in_an_advisory_are_no_aliases_of_each_other():
    dsa = record("DSA-1", FIX, upstream=("CVE-2024-0001", "CVE-2024-0002"))
    other = record("GHSA-a", FIX, aliases=("CVE-2024-0001", "CVE-2024-0000"))
    findings = found(OPENSSL, dsa, other).findings
    assert [(each.rule, each.aliases) for each in findings] == [
        ("CVE-2024-0000", ("CVE-2024-0001", "DSA-1", "GHSA-a")),
        ("CVE-2024-0002", ("DSA-1",)),
    ]
    named = record("CGA-1", FIX, upstream=("CVE-2024-0003", "GHSA-b"))
    [finding] = found(OPENSSL, named).findings
    assert finding.aliases == ("CGA-1", "GHSA-b")


def test_all_cves_of_one_vulnerability_are_asked_for():
    both = record("GO-1", FIX, aliases=("CVE-2024-0001", "CVE-2024-0002"))
    [finding] = found(OPENSSL, both, exploited=[("CVE-2024-0002", "2024-05-01")]).findings
    assert "used by attackers since 2024-05-01" in finding.evidence.says


def test_findings_end_somewhere(monkeypatch):
    monkeypatch.setattr(match, "MAX_FINDINGS", 3)
    dsa = record("DSA-1", FIX, upstream=tuple(f"CVE-2024-000{number}" for number in range(5)))
    matching = found(OPENSSL, dsa)
    assert len(matching.findings) == 3
    assert any("more than 3 findings" in gap.why for gap in matching.gaps)


def test_upgrades_of_two_ecosystems_are_two():
    packages = [Package(type=type, name="leaf", version="1.0.0") for type in ("npm", "cargo")]
    known = Known(
        record("A-1", about("npm", "leaf", "introduced 0", "fixed 2.0.0")),
        record("B-1", about("crates.io", "leaf", "introduced 0", "fixed 1.0.1")),
    )
    findings = matched(packages, None, known, now=NOW).findings
    artifact = Artifact(kind=ArtifactKind.IMAGE, name="x")
    report = Report(artifact=artifact, packages=tuple(packages), findings=findings)
    assert sorted(each.to for each in upgrades(report)) == ["1.0.1", "2.0.0"]
