"""From a mirror of advisories to what a scan says and whether it passes."""

import json
import zipfile
from datetime import UTC, datetime

import pytest

from tests.apps.test_cli import hullmark
from tests.homes import made
from tests.images.build import make_image, os_release, status

TODAY = datetime.now(tz=UTC).strftime("%Y-%m-%dT00:00:00Z")
RECORDS = {
    "Debian": [
        {
            "id": "DSA-1-1",
            "modified": TODAY,
            "summary": "bash - security update",
            "upstream": ["CVE-2026-0001", "CVE-2026-0002"],
            "severity": [
                {"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}
            ],
            "affected": [
                {
                    "package": {"ecosystem": "Debian:12", "name": "bash"},
                    "ranges": [
                        {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "5.2-2"}]}
                    ],
                }
            ],
        }
    ],
    "npm": [
        {
            "id": "GHSA-aaaa-bbbb-cccc",
            "modified": TODAY,
            "aliases": ["CVE-2026-0003"],
            "affected": [
                {
                    "package": {"ecosystem": "npm", "name": "left"},
                    "ranges": [{"type": "SEMVER", "events": [{"introduced": "2.0.0"}]}],
                }
            ],
        }
    ],
}


@pytest.fixture
def home(tmp_path):
    """A home with these advisories."""
    mirror = tmp_path / "mirror"
    for ecosystem, records in RECORDS.items():
        (mirror / ecosystem).mkdir(parents=True)
        with zipfile.ZipFile(mirror / ecosystem / "all.zip", "w") as archive:
            for record in records:
                archive.writestr(f"{record['id']}.json", json.dumps(record))
    home = {"HULLMARK_HOME": made(tmp_path / "home")}
    done = hullmark("advisories", "update", "--from", mirror, **home)
    assert (done.returncode, done.stderr) == (0, "")
    return home


@pytest.fixture
def image(tmp_path):
    left = ("srv/node_modules/left/package.json", '{"name": "left", "version": "1.0.0"}')
    return make_image(
        tmp_path, [[*os_release(), ("var/lib/dpkg/status", status("bash@5.2-1"))], [left]]
    )


KNOWN = ("--scanners", "packages,vulnerabilities")


def test_a_scan_tells_what_is_vulnerable_and_what_to_do(image, home):
    done = hullmark("scan", image, "--format", "json", *KNOWN, **home)
    report = json.loads(done.stdout)
    assert [(each["rule"], each["severity"]) for each in report["findings"]] == [
        ("CVE-2026-0001", "critical"),
        ("CVE-2026-0002", "critical"),
    ]
    [upgrade] = report["upgrades"]
    ending = {"ends": 2, "leaves": []}
    assert upgrade == {"package": "bash", "version": "5.2-1", "to": "5.2-2", **ending}
    assert report["feeds"] == {"Debian:12": TODAY, "npm": TODAY}
    assert report["gaps"] == []
    assert report["findings"][0]["evidence"]["layer"] == report["artifact"]["layers"][0]["diff_id"]
    text = hullmark("scan", image, **home).stdout
    assert "CVE-2026-0001  bash" in text
    assert hullmark("scan", image, "--fail-on", "high", **home).returncode == 1
    one = hullmark("scan", image, "--scanners", "packages", "--fail-on", "high", **home)
    assert one.returncode == 0


def test_what_is_accepted_does_not_count_and_is_still_told(image, home, tmp_path):
    accepted = tmp_path / "accepted.yaml"
    accepted.write_text(
        "ignore:\n- {package: bash, reason: nobody logs in, owner: ada}\n"
        "- {id: CVE-2020-1, reason: gone}\n"
    )
    gate = ("--fail-on", "low", "--ignore-file", accepted, *KNOWN)
    done = hullmark("scan", image, *gate, "--show-suppressed", **home)
    assert done.returncode == 0
    assert "Suppressed  2 findings do not count" in done.stdout
    words = " ".join(done.stdout.split())
    assert "nobody logs in" in words
    assert "CVE-2020-1 is ignored, and nothing of it was found" in words
    report = json.loads(hullmark("scan", image, *gate, "--format", "json", **home).stdout)
    assert [each["owner"] for each in report["suppressed"]] == ["ada", "ada"]
    assert report["upgrades"] == []
    accepted.write_text("ignore:\n- {package: bash, reason: soon, expires: 2020-01-01}\n")
    assert hullmark("scan", image, *gate, **home).returncode == 1
    accepted.write_text("ignore:\n- {package: bash}\n")
    wrong = hullmark("scan", image, *gate, **home)
    assert wrong.returncode == 2
    assert "ignore 1: gives no reason" in wrong.stderr


def test_without_advisories_a_gate_does_not_open(image, tmp_path):
    empty = {"HULLMARK_HOME": made(tmp_path / "empty")}
    done = hullmark("scan", image, **empty)
    assert done.returncode == 0
    assert "hullmark advisories update" in done.stdout
    assert hullmark("scan", image, "--fail-on", "critical", **empty).returncode == 1
    allowed = ("--fail-on", "critical", "--allow-gap", "vulnerabilities")
    assert hullmark("scan", image, *allowed, **empty).returncode == 0
