"""Packages that are malicious themselves, by records that tests write."""

import json
import zipfile
from datetime import UTC, datetime

import pytest

from hullmark.advisories.malicious import only_malicious
from hullmark.advisories.match import matched
from hullmark.advisories.upgrades import upgrades
from hullmark.checks import package_names
from hullmark.checks.known_packages import KNOWN
from hullmark.checks.package_names import RULE, imitated, lookalikes
from hullmark.checks.popular_packages import POPULAR
from hullmark.model import Artifact, ArtifactKind, Kind, Package, Report, Severity, osv
from hullmark.policy.unfixed import without_unfixed
from hullmark.scan.malice import LOOKALIKE, is_found_again
from tests.advisories.test_match import NOW, Known, ranged
from tests.apps.test_cli import hullmark
from tests.homes import made

ALL = [{"introduced": "0"}]


def record(id="MAL-2026-7", name="color-strnig", ecosystem="npm", events=ALL, **more):
    """As OpenSSF publishes them, by way of what reads OSV's records."""
    affected = {
        "package": {"ecosystem": ecosystem, "name": name},
        "ranges": [{"type": "SEMVER", "events": events}] if events else [],
        "versions": more.pop("versions", []),
        "database_specific": {"cwes": [{"cweId": "CWE-506"}]},
    }
    written = {
        "id": id,
        "modified": "2026-11-02T00:00:00Z",
        "published": "2026-11-01T00:00:00Z",
        "summary": f"Malicious code in {name} ({ecosystem})",
        "affected": [affected],
        "database_specific": {"malicious-packages-origins": None},
        **more,
    }
    return osv.read(json.dumps(written).encode(), "record")


def package(version="1.0.0", name="color-strnig", type="npm"):
    return Package(type=type, name=name, version=version, path="app/package-lock.json")


def found(*packages, known):
    return matched(packages, None, known, now=NOW)


def test_a_malicious_package_is_malware_under_its_own_id_and_critical():
    told = found(package(), known=Known(record(aliases=["GHSA-aaaa-bbbb-cccc"])))
    (finding,) = told.findings
    assert finding.rule == "MAL-2026-7"
    assert finding.kind is Kind.MALWARE
    assert finding.severity is Severity.CRITICAL
    assert finding.aliases == ("GHSA-aaaa-bbbb-cccc",)
    assert finding.subject == "pkg:npm/color-strnig@1.0.0"
    assert finding.evidence.says == "color-strnig 1.0.0 is a malicious package"
    assert finding.fix is None
    assert finding.score is None
    rule = told.rules["MAL-2026-7"]
    assert rule.kind is Kind.MALWARE
    assert rule.title == "Malicious code in color-strnig (npm)"
    assert "Remove it" in rule.remediation
    assert "rotate" in rule.remediation
    assert "Upgrade" not in rule.remediation


def test_nothing_advises_to_upgrade_a_malicious_package():
    later = [{"introduced": "1.0.0"}, {"fixed": "1.0.1"}]
    ghsa = record("GHSA-aaaa-bbbb-cccc", events=later, aliases=["CVE-2026-1"])
    told = found(package(), known=Known(record(aliases=["GHSA-aaaa-bbbb-cccc"]), ghsa))
    (finding,) = told.findings
    assert finding.rule == "MAL-2026-7"
    assert finding.fix is None
    assert set(finding.aliases) == {"CVE-2026-1", "GHSA-aaaa-bbbb-cccc"}
    report = Report(
        artifact=Artifact(kind=ArtifactKind.TREE, name="app"),
        packages=(package(),),
        findings=told.findings,
        rules=told.rules,
    )
    assert upgrades(report) == ()


@pytest.mark.parametrize("version", ["", "git+ssh://git@example.org/a.git", "1", "file:../a"])
def test_all_versions_are_whatever_they_are_called(version):
    told = found(package(version), known=Known(record()))
    assert [each.rule for each in told.findings] == ["MAL-2026-7"]
    assert not told.gaps


def test_only_what_is_listed_is_malicious():
    known = Known(record(events=[], versions=["1.0.1", "1.0.2"]))
    assert not found(package("1.0.0"), known=known).findings
    assert found(package("1.0.2"), known=known).findings
    ends = Known(record(events=[{"introduced": "0"}, {"fixed": "1.0.0"}]))
    assert not found(package("1.0.0"), known=ends).findings


def test_what_has_no_version_and_is_not_malicious_in_all_is_a_gap():
    told = found(package(""), known=Known(record(events=[], versions=["1.0.1"])))
    assert not told.findings
    assert "has no version" in told.gaps[0].why


def test_a_withdrawn_record_tells_of_nothing():
    withdrawn = record(withdrawn="2026-11-03T00:00:00Z")
    assert not found(package(), known=Known(withdrawn)).findings


def test_a_name_that_only_begins_like_one_is_a_vulnerability():
    told = found(package(), known=Known(record("MALICE-1")))
    assert told.findings[0].kind is Kind.VULNERABILITY


@pytest.mark.parametrize(
    ("ecosystem", "type"),
    [("PyPI", "pypi"), ("RubyGems", "gem"), ("crates.io", "cargo"), ("NuGet", "nuget")],
)
def test_every_registry_has_them(ecosystem, type):
    known = Known(record(ecosystem=ecosystem, name="reqeusts"))
    assert found(package(name="reqeusts", type=type), known=known).findings


def test_ignoring_what_has_no_fix_does_not_hide_it():
    told = found(package(), known=Known(record()))
    report = Report(artifact=Artifact(kind=ArtifactKind.TREE, name="app"), findings=told.findings)
    assert without_unfixed(report).findings == told.findings


def test_a_record_of_severities_of_its_own_stays_critical():
    low = [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N"}]
    (finding,) = found(package(), known=Known(record(severity=low))).findings
    assert finding.severity is Severity.CRITICAL


def test_ranges_are_endless_without_an_end():
    assert ranged("introduced 0").events == (("introduced", "0"),)
    later = Known(record(events=[{"introduced": "99.0.9"}]))
    assert found(package("99.1.0"), known=later).findings
    assert not found(package("2.0.0"), known=later).findings
    assert found(package("not-a-version"), known=later).gaps


@pytest.mark.parametrize(
    ("type", "name", "meant"),
    [
        ("npm", "loadsh", "lodash"),
        ("npm", "expresss", "express"),
        ("npm", "crossenv", "cross-env"),
        ("npm", "node-mysql", "mysql"),
        ("npm", "@typescript-eslnt/parser", "@typescript-eslint/parser"),
        ("pypi", "reqeusts", "requests"),
        ("pypi", "Djang0", "django"),
        ("pypi", "python3-dateutil", "python-dateutil"),
        ("pypi", "py-multipart", "python-multipart"),
        ("npm", "js-base64", ""),
        ("pypi", "dateutil", ""),
        ("pypi", "jeIlyfish", "jellyfish"),
        ("pypi", "urlib3", "urllib3"),
        ("pypi", "beautifulsoop4", "beautifulsoup4"),
        ("gem", "nokogirii", "nokogiri"),
        ("gem", "activesuport", "activesupport"),
        ("cargo", "rustdecimal", "rust-decimal"),
        ("cargo", "serde_jsno", "serde-json"),
        ("golang", "github.com/boltdbb/bolt", "github.com/boltdb/bolt"),
        ("golang", "github.com/shopsprings/decimal", ""),
        ("npm", "react\u0435r", ""),
        ("npm", "l\u043edash", "lodash"),
    ],
)
def test_names_that_slips_make_of_popular_ones_are_told(type, name, meant):
    assert imitated(type, name) == meant


@pytest.mark.parametrize("type", POPULAR)
def test_popular_and_known_names_imitate_nobody(type):
    for name in POPULAR[type] | KNOWN.get(type, frozenset()):
        assert imitated(type, name) == ""


def test_short_names_and_very_long_ones_imitate_nobody():
    assert imitated("npm", "preact") == ""
    assert imitated("npm", "qss") == ""
    assert imitated("npm", "lodash" * 100) == ""
    assert imitated("npm", "") == ""


def test_a_lookalike_is_malware_perhaps_and_told_once_a_package():
    packages = [package("4.17.21", "loadsh"), package("4.17.21", "lodash")]
    (finding,) = lookalikes(packages)
    assert finding.rule == RULE.id == LOOKALIKE
    assert finding.kind is Kind.MALWARE
    assert finding.severity is Severity.MEDIUM
    assert finding.subject == "pkg:npm/loadsh@4.17.21"
    assert "'lodash'" in finding.evidence.says


def test_no_more_lookalikes_are_told_than_a_bound(monkeypatch):
    monkeypatch.setattr(package_names, "MAX_FOUND", 3)
    assert len(list(lookalikes([package(name="loadsh")] * 9))) == 3


def test_a_stored_report_forgets_what_is_looked_for_again():
    (told,) = found(package(), known=Known(record())).findings
    (named,) = lookalikes([package(name="loadsh")])
    assert is_found_again(told, by_names=False, by_advisories=True)
    assert not is_found_again(told, by_names=True, by_advisories=False)
    assert is_found_again(named, by_names=True, by_advisories=False)
    assert not is_found_again(named, by_names=False, by_advisories=True)


def test_who_asks_for_malware_alone_gets_no_vulnerabilities():
    vulnerable = record("GHSA-zzzz-zzzz-zzzz", name="other")
    told = found(package(), package(name="other"), known=Known(record(), vulnerable))
    assert {each.kind for each in told.findings} == {Kind.MALWARE, Kind.VULNERABILITY}
    alone = only_malicious(told)
    assert [each.rule for each in alone.findings] == ["MAL-2026-7"]
    assert list(alone.rules) == ["MAL-2026-7"]


LOCK = {
    "lockfileVersion": 3,
    "packages": {
        "node_modules/color-strnig": {"version": "1.0.0"},
        "node_modules/loadsh": {"version": "4.17.21"},
        "node_modules/other": {"version": "1.0.0"},
    },
}
RECORDS = (
    ("MAL-2026-7", "color-strnig", "Malicious code in color-strnig (npm)"),
    ("GHSA-zzzz-zzzz-zzzz", "other", "Other is slow"),
)


@pytest.fixture
def scanned(tmp_path):
    """What the command says of a tree, with a mirror of two records."""
    (tmp_path / "mirror/npm").mkdir(parents=True)
    with zipfile.ZipFile(tmp_path / "mirror/npm/all.zip", "w") as archive:
        for id, name, summary in RECORDS:
            affected = {
                "package": {"ecosystem": "npm", "name": name},
                "ranges": [{"type": "SEMVER", "events": ALL}],
            }
            now = datetime.now(tz=UTC).strftime("%Y-%m-%dT00:00:00Z")
            entry = {"id": id, "modified": now, "summary": summary, "affected": [affected]}
            archive.writestr(f"{id}.json", json.dumps(entry))
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree/package-lock.json").write_text(json.dumps(LOCK))
    home = {"HULLMARK_HOME": made(tmp_path / "home")}

    def run(*options, target=f"dir:{tmp_path}/tree", update=True):
        if update and not (tmp_path / "home/advisories.db").exists():
            hullmark("advisories", "update", "--from", tmp_path / "mirror", **home)
        done = hullmark("scan", target, "--format", "json", *options, **home)
        assert done.returncode == 0, done.stderr
        return done.stdout, [each["rule"] for each in json.loads(done.stdout)["findings"]]

    return run


def test_either_scanner_tells_and_others_do_not(scanned, tmp_path):
    mal, other, looks = "MAL-2026-7", "GHSA-zzzz-zzzz-zzzz", "typosquatted-package"
    report, rules = scanned()
    assert set(rules) == {mal, other, looks}
    assert rules[0] == mal
    assert set(scanned("--scanners", "malware")[1]) == {mal, looks}
    assert set(scanned("--scanners", "vulnerabilities")[1]) == {mal, other}
    assert scanned("--scanners", "config")[1] == []
    assert set(scanned("--ignore-unfixed")[1]) == {mal, looks}
    stored = tmp_path / "stored.json"
    stored.write_text(report)
    assert sorted(scanned(target=f"report:{stored}")[1]) == sorted(rules)


def test_without_advisories_who_looks_for_malware_gets_a_gap(scanned):
    gaps = json.loads(scanned("--scanners", "malware", update=False)[0])["gaps"]
    assert [each["unit"] for each in gaps] == ["vulnerabilities"]
    assert json.loads(scanned("--scanners", "config", update=False)[0])["gaps"] == []
