"""``hullmark advisories`` as users run it."""

import json
import shutil
import subprocess
from contextlib import closing

import pytest
from click.testing import CliRunner

from hullmark.apps.cli import advisories
from hullmark.model import FeedError
from tests.advisories.mirrors import archive, mirror, record
from tests.advisories.served import Server


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("HULLMARK_HOME", str(tmp_path / "home"))
    told = record("X-1", upstream=["CVE-2026-0001"], summary="oaks fall")
    return mirror(tmp_path / "mirror", PyPI=archive(told))


def said(*arguments):
    result = CliRunner().invoke(advisories.command, list(map(str, arguments)))
    if result.exception:
        raise result.exception
    return result.output


def test_update_says_what_changed_and_status_how_old_it_is(folder):
    assert said("update", "--from", folder).splitlines()[0] == "PyPI  imported"
    assert said("update", "--from", folder).splitlines()[0] == "PyPI  unchanged"
    assert said("update", "--from", folder, "--quiet") == ""
    lines = said("status").splitlines()
    assert lines[0].startswith("CVSS  1  undated     age unknown  ")
    assert lines[3].startswith("PyPI  1  2026-01-02  ")
    assert {line.index("imported") for line in lines} == {lines[0].index("imported")}
    assert " days old  " in lines[3]


def test_show_prints_all_records_about_a_cve_and_what_is_known_of_it(folder):
    said("update", "--from", folder)
    assert said("show", "CVE-2026-0001").splitlines() == [
        "used by attackers, on CISA's list since 2026-01-01",
        "EPSS 0.50000, percentile 0.75000",
        "CVSS:3.1/X",
        "X-1",
        "  oaks fall",
        "  modified 2026-01-02T03:04:05Z",
        "  upstream CVE-2026-0001",
        "  PyPI oak: introduced 0, fixed 2.0",
    ]
    with pytest.raises(FeedError, match="X-2: no record of this name"):
        said("show", "X-2")


def test_what_was_exported_is_imported_again(folder, tmp_path):
    said("update", "--from", folder)
    said("export", tmp_path / "copy")
    assert "PyPI  imported" in said("update", "--from", tmp_path / "copy")
    assert said("update", "--from", tmp_path / "copy").count("unchanged") == 4


def test_without_advisories_status_says_how_to_get_them(folder):
    with pytest.raises(FeedError, match="hullmark advisories update"):
        said("status")


def test_status_as_json_tells_the_age_of_the_newest_record(folder):
    said("update", "--from", folder)
    told = json.loads(said("status", "--format", "json"))
    assert told["schema"] == "hullmark.advisory-status/1"
    files = {each["name"]: each for each in told["files"]}
    assert files["PyPI"]["newest"] == "2026-01-02T03:04:05Z"
    assert files["PyPI"]["origin"] == str(folder)
    assert files["CVSS"]["age_days"] is None
    assert [each["name"] for each in told["ecosystems"]] == ["PyPI"]
    assert told["ecosystems"][0]["age_days"] == files["PyPI"]["age_days"] >= 0


def test_a_server_is_asked_for_what_is_needed_and_on_hand(folder, tmp_path):
    mirror(folder, npm=archive(record("N-1")), Go=archive(record("G-1")))
    (folder / "ecosystems.txt").write_text("PyPI\nnpm\nGo\n")
    (folder / "overlays/epss_scores-2026-01-04.csv.gz").unlink()
    (tmp_path / "home").mkdir()
    (tmp_path / "home/needed-ecosystems").write_text("npm\nHex\n")
    with closing(Server(folder)) as server:
        lines = said("update", "--from", server.url).splitlines()
        assert lines[0] == "npm  imported"
        assert lines[-1] == "Hex  not offered there"
        assert "Go  imported" in said("update", "--from", server.url, "--ecosystem", "Go")
        assert "PyPI" not in said("update", "--from", server.url)
        assert "PyPI  imported" in said("update", "--from", server.url, "--all")
        assert "PyPI  unchanged" in said("update", "--from", server.url)
    parts = tmp_path / "home/cache/advisories"
    assert list(parts.iterdir()) == []


@pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="OpenSSH is not here")
def test_a_mirror_is_held_to_the_key_that_lies_beside_the_advisories(folder, tmp_path):
    for name in ("ours", "other"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)]
        subprocess.run(command, check=True)
    said("update", "--from", folder)
    said("export", tmp_path / "copy", "--sign", tmp_path / "ours")
    said("update", "--from", tmp_path / "copy", "--key", tmp_path / "ours.pub")
    shutil.copyfile(tmp_path / "other.pub", tmp_path / "home/mirror.pub")
    with pytest.raises(FeedError, match=r"is not signed by .*mirror.pub"):
        said("update", "--from", tmp_path / "copy")
    shutil.copyfile(tmp_path / "ours.pub", tmp_path / "home/mirror.pub")
    said("update", "--from", tmp_path / "copy")
    with pytest.raises(FeedError, match="a key asks for it"):
        said("update", "--from", folder)


def test_an_older_mirror_is_taken_when_that_is_said(folder, tmp_path):
    said("update", "--from", folder)
    said("export", tmp_path / "copy")
    manifest = tmp_path / "copy/hullmark-manifest.json"
    made = json.loads(manifest.read_text())["made"]
    said("update", "--from", tmp_path / "copy")
    manifest.write_text(manifest.read_text().replace(made, "2026-01-01T00:00:00Z"))
    with pytest.raises(FeedError, match="--allow-older takes it"):
        said("update", "--from", tmp_path / "copy")
    assert "unchanged" in said("update", "--from", tmp_path / "copy", "--allow-older")


def test_a_time_that_cannot_be_read_is_of_unknown_age(folder):
    told = json.dumps({"dateReleased": "not long ago", "vulnerabilities": []})
    (folder / "overlays/known_exploited_vulnerabilities.json").write_text(told)
    said("update", "--from", folder)
    assert "not long a  age unknown" in said("status")


def test_a_key_where_no_mirror_is_asked_is_refused(folder, tmp_path):
    (tmp_path / "ours.json").write_text(json.dumps(record("X-9")))
    asked = ["update", "--feed", f"osv={tmp_path}/ours.json", "--key", "mirror.pub"]
    result = CliRunner().invoke(advisories.command, asked)
    assert result.exit_code == 2
    assert "feeds are not signed" in result.output
