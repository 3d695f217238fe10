"""Stored reports and bills of materials, held against advisories of another day."""

import json
import os
import zipfile
from typing import Any

import pytest

from hullmark.advisories.symbols import identity
from hullmark.model import Package, SourceError
from hullmark.model.go_symbols import ABSENT
from hullmark.sources.report import day_and_time, read
from tests.apps.test_cli import flipped, hullmark
from tests.homes import made
from tests.images.build import make_image, os_release

OLD = "2020-01-01T00:00:00Z"
DPKG = """\
Package: zed
Status: install ok installed
Source: zed-src (1:1.2-1)
Version: 1:1.2-1+b1
Architecture: amd64
Maintainer: Debian Zed Maintainers <zed@lists.debian.org>

Package: libzed1
Status: install ok installed
Source: zed-src
Version: 1:1.2-1
Architecture: amd64

Package: plain
Status: install ok installed
Version: 0~rc1-1
Architecture: all
"""
LEFT = ("srv/node_modules/@x/left/package.json", '{"name": "@x/left", "version": "1.0.0"}')
DIST = "srv/lib/python3/site-packages/Ruamel_Yaml-1.dist-info/METADATA"
RUAMEL = (DIST, "Metadata-Version: 2.1\nName: Ruamel.Yaml\nVersion: 1\nLicense: MIT\n")
BROKEN = ("srv/node_modules/broken/package.json", "{")


def advisory(id: str, ecosystem: str, name: str, fixed: str) -> dict[str, Any]:
    events = [{"introduced": "0"}, {"fixed": fixed}]
    kind = "SEMVER" if ecosystem == "npm" else "ECOSYSTEM"
    ranges = [{"type": kind, "events": events}]
    package = {"ecosystem": ecosystem, "name": name}
    affected = [{"package": package, "ranges": ranges}]
    return {"id": id, "modified": OLD, "published": OLD, "affected": affected}


KNOWN = [
    advisory("CVE-2026-0001", "Debian:12", "zed-src", "1:1.2-2"),
    advisory("CVE-2026-0002", "Debian:12", "plain", "0~rc1-2"),
    advisory("CVE-2026-0003", "npm", "@x/left", "1.0.1"),
    advisory("CVE-2026-0004", "PyPI", "ruamel-yaml", "2"),
    advisory("CVE-2026-0005", "Debian:12", "zed-src", "0:9"),
]
"""The last is of another epoch, and affects nothing here."""

SOON = advisory("CVE-2026-0009", "Debian:12", "zed-src", "1:1.2-3")


def home_with(folder, records):
    """A home with these advisories."""
    by_ecosystem = {}
    for record in records:
        by_ecosystem.setdefault(record["affected"][0]["package"]["ecosystem"], []).append(record)
    for ecosystem, each in by_ecosystem.items():
        place = folder / "mirror" / ecosystem.partition(":")[0]
        place.mkdir(parents=True)
        with zipfile.ZipFile(place / "all.zip", "w") as archive:
            for record in each:
                archive.writestr(f"{record['id']}.json", json.dumps(record))
    home = {"HULLMARK_HOME": made(folder / "home")}
    done = hullmark("advisories", "update", "--from", folder / "mirror", **home)
    assert (done.returncode, done.stderr) == (0, "")
    return home


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return home_with(tmp_path_factory.mktemp("now"), KNOWN)


@pytest.fixture
def image(tmp_path):
    system = [*os_release(), ("var/lib/dpkg/status", DPKG)]
    return make_image(tmp_path, [system, [LEFT, RUAMEL, BROKEN]])


def scanned(target, home, *options):
    done = hullmark("scan", target, "--format", "json", *options, **home)
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


def identities(report, *without):
    keys = [key for key in ("rule", "severity", "subject", "score", "fix") if key not in without]
    return {
        (*(json.dumps(each[key]) for key in keys), each["evidence"]["path"])
        for each in vulnerabilities(report)
    }


def vulnerabilities(report):
    return [each for each in report["findings"] if each["kind"] == "vulnerability"]


def test_a_stored_report_gives_what_a_scan_would_give_now(image, home, tmp_path):
    first = scanned(image, home)
    assert {each["rule"] for each in vulnerabilities(first)} == {
        f"CVE-2026-000{number}" for number in (1, 2, 3, 4)
    }
    assert "runs-as-root" in {each["rule"] for each in first["findings"]}
    stored = tmp_path / "stored.json"
    stored.write_text(json.dumps(first))
    for target in (f"report:{stored}", stored):
        again = scanned(target, home)
        [note] = again.pop("notes")
        assert f"{stored} of 20" in note
        assert "nothing was read again" in note
        assert again == {key: value for key, value in first.items() if key != "notes"}
    assert [gap["unit"] for gap in first["gaps"]].count("npm-package-json") == 1


def test_a_stored_report_meets_new_advisories_without_its_image(image, tmp_path):
    before = home_with(tmp_path / "before", KNOWN[:1])
    after = home_with(tmp_path / "after", [*KNOWN, SOON])
    stored = tmp_path / "stored.json"
    stored.write_text(json.dumps(scanned(image, before)))
    again = scanned(f"report:{stored}", after)
    assert {each["rule"] for each in vulnerabilities(again)} == {
        f"CVE-2026-000{number}" for number in (1, 2, 3, 4, 9)
    }
    layers = [layer["diff_id"] for layer in again["artifact"]["layers"]]
    where = {each["subject"]: each["evidence"]["layer"] for each in vulnerabilities(again)}
    assert set(where.values()) == set(layers)
    empty = {"HULLMARK_HOME": made(tmp_path / "empty")}
    blind = scanned(f"report:{stored}", empty)
    assert {each["kind"] for each in blind["findings"]} == {"misconfiguration"}
    assert "vulnerabilities" in {gap["unit"] for gap in blind["gaps"]}


def test_broken_digests_stay_broken(image, home, tmp_path):
    stored = tmp_path / "stored.json"
    stored.write_text(json.dumps(scanned(flipped(image), home)))
    done = hullmark("scan", f"report:{stored}", **home)
    assert done.returncode == 1
    assert "integrity" in done.stdout


@pytest.mark.parametrize("form", ["cyclonedx", "spdx"])
def test_our_bill_of_materials_has_the_vulnerabilities_of_the_image(image, home, tmp_path, form):
    first = scanned(image, home)
    bill = tmp_path / "bill"
    assert hullmark("scan", image, "--format", form, "-o", bill, **home).returncode == 0
    again = scanned(f"sbom:{bill}", home)
    # What an image starts as weighs in its risk; a bill does not tell of it.
    assert identities(again, "score") == identities(first, "score")
    told = ("purl", "version", "source", "vendor", "path")
    assert [[each[key] for key in told] for each in again["packages"]] == [
        [each[key] for key in told] for each in first["packages"]
    ]
    assert again["distribution"]["end_of_life"] == first["distribution"]["end_of_life"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not the JSON expected"),
        ("{", "not the JSON expected"),
        ("[" * 100_000, "not the JSON expected"),
        ('{"schema": "hullmark.report/1"}', "missing required field"),
        ('{"schema": 1}', "not the JSON expected"),
    ],
)
def test_what_is_no_report_is_refused(text, why, tmp_path):
    with pytest.raises(SourceError, match=why):
        read(text.encode(), "stored.json", "2026-11-22T00:00:00Z")
    stored = tmp_path / "stored.json"
    stored.write_text(text)
    done = hullmark("scan", f"report:{stored}")
    assert done.returncode == 2
    assert str(stored) in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("member", "value", "why"),
    [
        ("schema", "hullmark.report/2", "is 'hullmark.report/2'"),
        ("packages", [{"purl": "x", "name": "x", "version": "", "path": ""}], "package 1"),
        ("artifact", {"kind": "ship", "name": ""}, "Invalid enum value"),
        ("findings", None, "Expected `array`"),
    ],
)
def test_a_wrong_member_is_named(member, value, why):
    artifact = {"kind": "tree", "name": "dir:x"}
    good = {"schema": "hullmark.report/1", "artifact": artifact}
    good |= {"packages": [], "findings": [], "gaps": []}
    assert not read(json.dumps(good).encode(), "x", "now").packages
    with pytest.raises(SourceError, match=why):
        read(json.dumps({**good, member: value}).encode(), "x", "now")


def test_a_folder_or_a_pipe_is_no_report(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for name in (".", "pipe", "absent"):
        assert hullmark("scan", f"report:{tmp_path / name}").returncode == 2


@pytest.mark.parametrize(
    "package",
    [
        Package(type="pypi", name="Ruamel.Yaml", version="1", path="a"),
        Package(type="composer", namespace="Ven", name="Pack", version="1", path="a"),
        Package(type="maven", namespace="org.x", name="y", version="1+2", path="a.jar!/b.jar"),
        Package(type="golang", namespace="github.com/Me", name="it", version="v1", path="a"),
        Package(type="npm", namespace="@x", name="y", version="", path="a", subpath="b/c"),
        Package(type="deb", namespace="debian", name="a", version="1:2~3+4", path="s", vendor="V"),
    ],
)
def test_a_package_comes_back_as_it_was(package):
    line = {"purl": package.purl, "name": package.full_name, "version": package.version}
    line |= {"path": package.path, "vendor": package.vendor}
    stored = {"schema": "hullmark.report/1", "artifact": {"kind": "tree", "name": "dir:x"}}
    stored |= {"packages": [line], "findings": [], "gaps": []}
    [back] = read(json.dumps(stored).encode(), "x", "now").packages
    assert (back.full_name, back.purl) == (package.full_name, package.purl)
    assert back == package


def aside(reason: str, at: str = "usr/bin/tool") -> dict[str, Any]:
    finding: dict[str, Any] = {"rule": "CVE-1", "kind": "vulnerability", "severity": "low"}
    finding |= {"subject": "pkg:golang/x@v1", "evidence": {"at": "", "says": "", "path": at}}
    return {"finding": finding, "at": "usr/bin/tool", "reason": reason}


def test_what_a_program_was_proven_not_to_hold_stays_aside_and_nothing_else_does():
    proof = f"{ABSENT}: x.F"
    good: dict[str, Any] = {"schema": "hullmark.report/1"}
    good |= {"artifact": {"kind": "tree", "name": "dir:x"}}
    listed = [aside(proof), aside("nobody calls it"), aside(proof, at="elsewhere")]
    good |= {"packages": [], "findings": [], "gaps": [], "suppressed": listed}
    stored = read(json.dumps(good).encode(), "x", "now")
    [kept] = stored.suppressed
    known = "CVE-1", "pkg:golang/x@v1", "usr/bin/tool"
    assert (identity(kept.finding), kept.by.reason) == (known, proof)


def test_a_file_of_a_year_that_no_calendar_has_is_read():
    assert day_and_time(0) == "1970-01-01T00:00:00Z"
    assert day_and_time(1e13) == day_and_time(-1e13) == "an unknown day"
