"""Which scanners look at content: as options say, and settings that are obeyed."""

import json

import pytest

from tests.apps.test_cli import hullmark
from tests.homes import made

PASSWORD = 'password = "Xk29vLq81mZt"\n'
RULE = 'rule odd_words { strings: $a = "Xk29vLq81mZt" condition: $a }\n'


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return {"HULLMARK_HOME": made(tmp_path_factory.mktemp("home"))}


@pytest.fixture
def tree(tmp_path):
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "app.conf").write_text(PASSWORD)
    return folder


def rules(home, *arguments, cwd=None, code=0):
    done = hullmark("scan", "--format", "json", *arguments, cwd=cwd, **home)
    assert done.returncode == code, done.stderr
    return {each["rule"] for each in json.loads(done.stdout)["findings"]}


def test_settings_name_the_scanners_unless_the_command_line_does(home, tree):
    (tree / ".hullmark.yaml").write_text("scanners: [packages]\n")
    assert rules(home, "dir:.", cwd=tree) == set()
    assert rules(home, "dir:.", "--scanners", "secrets", cwd=tree) == {"generic-password"}


def test_named_settings_name_scanners_and_rules(home, tree, tmp_path):
    own, settings = tmp_path / "own.yar", tmp_path / "settings.yaml"
    own.write_text(RULE)
    settings.write_text(f"scanners: [malware]\nyara: [{own}]\n")
    assert rules(home, f"dir:{tree}", "--config", settings) == {"yara:odd_words"}


def test_settings_that_only_lie_by_the_target_switch_no_scanner_off(home, tree, tmp_path):
    (tmp_path / ".hullmark.yaml").write_text("scanners: [packages]\nfail-on: medium\n")
    found = rules(home, f"dir:{tree}", cwd=tmp_path)
    assert found == set(), "where we work they are obeyed"
    found = rules(home, f"dir:{tree}", cwd="/", code=1)
    assert found == {"generic-password"}


def test_targets_of_different_sources_are_scanned_in_one_call(home, tree, tmp_path):
    report, out = tmp_path / "report.json", tmp_path / "out"
    stored = hullmark("scan", f"dir:{tree}", "--format", "json", "--output", report, **home)
    assert stored.returncode == 0, stored.stderr
    both = (f"report:{report}", f"dir:{tree}", "--format", "json", "--output", f"{out}/")
    done = hullmark("scan", *both, **home)
    assert done.returncode == 0, done.stderr
    found = [json.loads(path.read_text())["findings"] for path in sorted(out.iterdir())]
    assert [[each["rule"] for each in one] for one in found] == [["generic-password"]] * 2
