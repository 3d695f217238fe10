"""What options do with secrets, malware and configuration, and that no value is repeated."""

import json

import pytest

from tests.apps.test_cli import hullmark
from tests.homes import made
from tests.images.planting import drawn

TOKEN, VALUE = drawn("github-token", 11)
OTHER, _ = drawn("npm-token", 11)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return {"HULLMARK_HOME": made(tmp_path_factory.mktemp("home"))}


@pytest.fixture
def tree(tmp_path):
    folder = tmp_path / "tree"
    (folder / "etc/ssh").mkdir(parents=True)
    (folder / "app.env").write_text(f"{TOKEN}\n")
    (folder / "etc/ssh/sshd_config").write_text("PermitEmptyPasswords yes\n")
    return folder


def told(home, *arguments, code=0, cwd=None):
    """The report, and the rules and subjects of its findings."""
    done = hullmark("scan", "--format", "json", *arguments, cwd=cwd, **home)
    assert done.returncode == code, done.stderr
    for text in (done.stdout, done.stderr):
        assert VALUE not in text
        assert VALUE[4:] not in text
    report = json.loads(done.stdout)
    return report, {(each["rule"], each["subject"]) for each in report["findings"]}


SECRET = ("github-token", "app.env")
FAULT = ("ssh-empty-passwords", "etc/ssh/sshd_config")


def test_content_of_a_machine_is_searched_only_where_it_is_asked_for(home, tree):
    assert told(home, f"host:{tree}")[1] == {FAULT}
    assert told(home, f"host:{tree}", "--scanners", "secrets")[1] == {SECRET}
    assert told(home, f"dir:{tree}")[1] >= {SECRET, FAULT}


def test_a_baseline_puts_old_findings_of_content_aside_and_no_new_ones(home, tree, tmp_path):
    base = tmp_path / "base.json"
    first = hullmark("scan", f"dir:{tree}", "--format", "json", "--output", base, **home)
    assert first.returncode == 0, first.stderr
    searched = ("--scanners", "secrets", "--scanners", "config")
    gate = (f"dir:{tree}", *searched, "--baseline", base, "--fail-on", "medium")
    report, found = told(home, *gate)
    assert not found
    assert {each["finding"]["rule"] for each in report["suppressed"]} >= {SECRET[0], FAULT[0]}
    (tree / "new.env").write_text(f"{OTHER}\n")
    assert told(home, *gate, code=1)[1] == {("npm-token", "new.env")}


def test_trivyignore_names_rules_of_content_by_their_ids(home, tree, tmp_path):
    (tmp_path / ".trivyignore").write_text("# known\ngithub-token\n")
    report, found = told(home, f"dir:{tree}", cwd=tmp_path)
    assert SECRET not in found
    assert FAULT in found
    assert [each["finding"]["rule"] for each in report["suppressed"]] == ["github-token"]


@pytest.mark.parametrize("form", ["table", "sarif"])
def test_neither_output_nor_errors_repeat_a_secret(form, home, tree):
    (tree / "broken.tar.gz").write_bytes(b"\x1f\x8b\x08" + f"{TOKEN}\n".encode())
    (tree / "package-lock.json").write_text(f'{{"lockfileVersion": 3, "x": "{VALUE}"')
    done = hullmark("scan", f"dir:{tree}", "--format", form, "--fail-on", "medium", **home)
    assert done.returncode == 1, done.stderr
    assert "app.env" in done.stdout
    assert VALUE not in done.stdout + done.stderr
    assert VALUE[4:] not in done.stdout + done.stderr
