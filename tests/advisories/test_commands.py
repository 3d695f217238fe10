"""``hullmark advisories`` as users run it."""

import pytest
from click.testing import CliRunner

from hullmark.apps.cli import advisories
from hullmark.model import FeedError
from tests.advisories.mirrors import archive, mirror, record


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
    assert lines[0].startswith("CVSS  1  undated  age unknown  ")
    assert lines[3].startswith("PyPI  1  2026-01-02  ")
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
