"""Baselines: what an earlier report told already is old, whatever was rebuilt meanwhile."""

import pytest
from msgspec.structs import replace

import hullmark.formats
from hullmark.apps.cli.vex import cleared, clearing
from hullmark.model import Gap, Kind, Package, PolicyError
from hullmark.model.exemption import Exemption
from hullmark.policy import baselines
from hullmark.policy.baselines import new, read
from hullmark.policy.exemptions import sifted
from hullmark.unit import Format, load
from tests.apps.test_vex import LEAF, SSL, fault, report

WHEEL = Package(
    type="pypi", name="flask", version="3.0", path="lib/site-packages/flask-3.0.dist-info/METADATA"
)
INNER = Package(
    type="maven", namespace="a.b", name="c", version="1.2", path="app-7.1.jar!/lib/c-1.2.jar"
)


def rendered(id, found):
    return "".join(load(hullmark.formats, Format, id).render(found)).encode()


def with_packages(*packages):
    found = report(*(fault(each) for each in packages))
    return replace(found, packages=packages)


@pytest.mark.parametrize("id", ["json", "sarif", "cyclonedx"])
def test_what_a_report_of_any_kind_told_is_old(id):
    before = report(fault(SSL), fault(LEAF, "CVE-2026-0002"))
    after = report(*before.findings, fault(LEAF, "CVE-2026-0003"))
    found = new(after, read(rendered(id, before), "base"))
    assert [each.rule for each in found.findings] == ["CVE-2026-0003"]
    assert {each.by.reason for each in found.suppressed} == {"in the baseline base"}


@pytest.mark.parametrize("id", ["json", "sarif", "cyclonedx"])
def test_an_upgraded_package_with_the_same_vulnerability_is_old(id):
    raised = replace(
        WHEEL, version="3.1", path="lib/site-packages/flask-3.1.dist-info/METADATA", layer="other"
    )
    rebuilt = replace(INNER, path="app-7.2.jar!/lib/c-1.2.jar")
    before = read(rendered(id, with_packages(WHEEL, INNER)), "base")
    assert not new(with_packages(raised, rebuilt), before).findings


@pytest.mark.parametrize("id", ["json", "sarif", "cyclonedx"])
def test_another_place_package_or_vulnerability_is_new(id):
    before = read(rendered(id, with_packages(LEAF)), "base")
    for found in (
        with_packages(replace(LEAF, path="elsewhere/package.json")),
        with_packages(replace(LEAF, namespace="@y")),
        report(fault(LEAF, "CVE-2026-0009")),
    ):
        assert len(new(found, before).findings) == 1


def test_a_vulnerability_that_got_a_cve_is_old():
    before = read(rendered("json", report(fault(LEAF, "GHSA-1"))), "base")
    assert not new(report(fault(LEAF, "CVE-2026-1", "GHSA-1")), before).findings


def test_vulnerabilities_that_one_advisory_mends_are_not_one():
    before = read(rendered("json", report(fault(LEAF, "CVE-2026-1", "DSA-1"))), "base")
    assert new(report(fault(LEAF, "CVE-2026-2", "DSA-1")), before).findings


def test_the_report_of_a_baselined_scan_is_a_baseline_and_what_was_exempt_is_none():
    first = read(rendered("json", report(fault(LEAF))), "base")
    second = new(report(fault(LEAF), fault(SSL)), first)
    exempt = sifted(second, [Exemption(at="here", id="CVE-2026-0001", reason="for now")], "2026")
    assert len(exempt.suppressed) == 2
    again = new(report(fault(LEAF), fault(SSL)), read(rendered("json", exempt), "base"))
    assert [each.subject for each in again.findings] == [SSL.purl]


def test_broken_integrity_is_never_old_and_gaps_stay():
    broken = replace(fault(LEAF), kind=Kind.INTEGRITY)
    gap = Gap(unit="jar", subject="x.jar", why="encrypted")
    found = replace(report(broken), gaps=(gap,))
    again = new(found, read(rendered("json", found), "base"))
    assert again.findings == (broken,)
    assert again.gaps == (gap,)


def test_a_bill_of_another_tool_knows_no_places():
    data = (
        b'{"bomFormat": "CycloneDX", "components": [{"bom-ref": "1", "purl": "pkg:npm/%40x/leaf@0"'
        b'}], "vulnerabilities": [{"id": "CVE-2026-0001", "affects": [{"ref": "1"}]},'
        b'{"id": "CVE-2026-0002", "affects": [{"ref": "1"}], "analysis": {"state": "resolved"}}]}'
    )
    found = new(report(fault(LEAF), fault(LEAF, "CVE-2026-0002")), read(data, "base"))
    assert [each.rule for each in found.findings] == ["CVE-2026-0002"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"[", "not the JSON expected"),
        (b"{}", "is neither"),
        (b'{"schema": "hullmark.report/1"}', "not the JSON expected"),
        (b'{"runs": [{"tool": {"driver": {"name": "other"}}}]}', "SARIF of another tool"),
    ],
)
def test_a_bad_baseline_is_an_error_that_names_it(data, says, tmp_path):
    path = tmp_path / "base.json"
    path.write_bytes(data)
    with pytest.raises(PolicyError, match=says) as raised:
        clearing({"vex": (), "baseline": str(path)})
    assert str(raised.value).startswith(str(path))


def test_a_missing_baseline_is_an_error(tmp_path):
    with pytest.raises(PolicyError, match="cannot be read"):
        clearing({"vex": (), "baseline": str(tmp_path / "none")})


def test_a_baseline_has_a_bound(monkeypatch):
    monkeypatch.setattr(baselines, "MAX_KNOWN", 1)
    with pytest.raises(PolicyError, match="more than 1 findings"):
        read(rendered("json", report(fault(LEAF), fault(SSL))), "base")


def test_it_is_held_against_what_vex_left(tmp_path):
    path = tmp_path / "base.json"
    path.write_bytes(rendered("json", report(fault(LEAF))))
    by = clearing({"vex": (), "baseline": str(path)})
    assert not cleared(report(fault(LEAF)), by).findings
