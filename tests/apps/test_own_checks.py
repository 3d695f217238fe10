"""Checks of the user's own: as docs/own-checks.md shows them, and broken ones."""

import json
import sys
from pathlib import Path
from re import DOTALL, search
from subprocess import run

import pytest

from tests.apps.test_cli import hullmark
from tests.homes import made

PAGE = Path(__file__).parents[2] / "docs" / "own-checks.md"
POD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: "registry.example/web:1.4.2"}]
"""
RULE = "team-label-missing"
OF_TEXT = """\
from hullmark.checks.declare_config import {kind}_check
from hullmark.model import Severity


@{kind}_check(
    id="{kind}-of-two",
    title="It has a second line",
    severity=Severity.LOW,
    bad=("FROM scratch\\nUSER 1\\n",),
    good=("FROM scratch\\n",),
    remediation="Stop after the first.",
    references=("https://wiki.example.com/lines",),
)
def {kind}_of_two(subject):
    \'\'\'Nobody reads the second line.\'\'\'
    for each in {lines}[1:]:
        yield each.tell({what})
"""
OF_BUILDS = OF_TEXT.format(
    kind="dockerfile", lines="[*subject.before, *subject.final.instructions]", what="'x'"
)
OF_SCRIPTS = OF_TEXT.format(kind="script", lines="subject.lines", what="'x', 'x'")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return {"HULLMARK_HOME": made(tmp_path_factory.mktemp("home"))}


@pytest.fixture
def example():
    return search(r"```python\n(.*?)```", PAGE.read_text(), DOTALL)[1]


@pytest.fixture
def checks(tmp_path, example):
    folder = tmp_path / "checks"
    folder.mkdir()
    (folder / "team_label.py").write_text(example)
    return folder


@pytest.fixture
def tree(tmp_path):
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "pod.yaml").write_text(POD)
    return folder


def scan(home, tree, *given, cwd=None):
    target = f"dir:{tree}"
    return hullmark("scan", target, "--scanners", "config", *given, cwd=cwd, **home)


def test_the_example_of_the_page_keeps_its_own_promises(home, checks):
    done = hullmark("rules", "test", checks, **home)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"ok      {RULE}  (2 examples)" in done.stdout
    assert [each.name for each in checks.iterdir()] == ["team_label.py"], "nothing is written there"


def test_its_finding_is_like_all_others(home, checks, tree):
    report = json.loads(scan(home, tree, "--units", checks, "--format", "json").stdout)
    (found,) = [each for each in report["findings"] if each["rule"] == RULE]
    assert (found["evidence"]["path"], found["evidence"]["line"]) == ("pod.yaml", 3)
    assert found["title"] == "Workload names no team"
    sarif = scan(home, tree, "--units", checks, "--format", "sarif").stdout
    assert "Nobody is called when it breaks" in sarif
    denied = scan(home, tree, "--units", checks, "--fail-on", "medium")
    assert denied.returncode == 1
    (tree / "pod.yaml").write_text(
        POD.replace("{name: web}", f"{{name: web}} # hullmark:allow {RULE} x")
    )
    report = json.loads(scan(home, tree, "--units", checks, "--format", "json").stdout)
    assert RULE not in {each["rule"] for each in report["findings"]}


def test_it_is_explained_and_listed(home, checks):
    said = hullmark("explain", RULE, "--units", checks, **home).stdout
    assert "Nobody is called when it breaks" in said
    assert RULE in hullmark("rules", "list", "--units", checks, **home).stdout
    assert hullmark("explain", RULE, **home).returncode == 2


def test_a_helper_is_imported_and_need_not_declare_a_check(home, checks, example):
    (checks / "_names.py").write_text('KEY = "team"\n')
    (checks / "team_label.py").write_text(
        example.replace('text("team")', "text(_names.KEY)").replace(
            "from hullmark.model", "from . import _names\nfrom hullmark.model"
        )
    )
    assert hullmark("rules", "test", checks, **home).returncode == 0


def test_what_tries_and_explains_them_refuses_them_too(home, checks):
    (checks / "other.py").write_text("x = 1")
    for given in (("rules", "test", checks), ("explain", RULE, "--units", checks)):
        done = hullmark(*given, **home)
        assert (done.returncode, "other.py: declares no check" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("import nothing_like_it", "cannot be imported: ModuleNotFoundError"),
        ("def f(:", "cannot be imported: SyntaxError"),
        ("x = 1\ny = x / 0", "ZeroDivisionError: division by zero (line 2)"),
        ("raise SystemExit(0)", "cannot be imported: SystemExit"),
        ("x = 1", "declares no check"),
        ("from hullmark.checks.kubernetes.host_pid import host_pid", "declares no check"),
    ],
)
def test_a_module_that_is_no_check_is_an_error_that_names_it(home, checks, tree, text, why):
    (checks / "other.py").write_text(text)
    done = scan(home, tree, "--units", checks)
    assert done.returncode == 2
    assert f"{checks}/other.py: " in done.stderr
    assert why in done.stderr


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ((RULE, "privileged-container"), "is taken by a check of Hullmark"),
        ((RULE, "github-token"), "is taken by a check of Hullmark"),
        ((RULE, "Team Label"), "lower-case words"),
        (('"""Nobody is called when it breaks: its team is not known."""\n', "\n"), "no docstring"),
    ],
)
def test_a_check_out_of_form_is_an_error(home, checks, example, changed, why):
    (checks / "team_label.py").write_text(example.replace(*changed))
    done = scan(home, checks, "--units", checks)
    assert done.returncode == 2
    assert "team_label.py: " in done.stderr
    assert why in done.stderr


def test_an_id_of_two_checks_is_an_error(home, checks, tree, example):
    (checks / "twice.py").write_text(example)
    assert "team_label.py" in scan(home, tree, "--units", checks).stderr


def test_an_example_that_turns_out_otherwise_is_told(home, checks, example):
    (checks / "team_label.py").write_text(
        example.replace("good=(POD,)", 'good=(POD.replace("team", "app"),)')
    )
    done = hullmark("rules", "test", checks, **home)
    assert done.returncode == 1
    assert "good example 1: fires" in done.stdout


def test_a_check_that_fails_is_a_gap_and_costs_no_other(home, checks, tree, example):
    (checks / "team_label.py").write_text(
        example.replace("    if not pod", "    1 / 0\n    if pod")
    )
    report = json.loads(scan(home, tree, "--units", checks, "--format", "json").stdout)
    assert f"ZeroDivisionError: division by zero (check {RULE})" in report["gaps"][0]["why"]
    assert "bare-pod" in {each["rule"] for each in report["findings"]}


def test_what_is_within_another_file_is_judged_too(home, tmp_path, checks):
    folder = tmp_path / "within"
    folder.mkdir()
    build = "FROM scratch\nUSER 1\nCOPY <<EOF /a.sh\nset -e\ndate\nEOF\n"
    inline = "".join(f"        {line}\n" for line in build.splitlines())
    (folder / "compose.yaml").write_text(
        f"services:\n  web:\n    build:\n      dockerfile_inline: |\n{inline}"
    )
    (folder / "Dockerfile").write_text(build)
    (checks / "of_builds.py").write_text(OF_BUILDS)
    (checks / "of_scripts.py").write_text(OF_SCRIPTS)
    report = json.loads(scan(home, folder, "--units", checks, "--format", "json").stdout)
    places = [
        (each["rule"], each["evidence"]["path"], each["evidence"]["line"])
        for each in report["findings"]
        if each["rule"].endswith("-of-two")
    ]
    assert sorted(places) == [
        ("dockerfile-of-two", "Dockerfile", 3),
        ("dockerfile-of-two", "compose.yaml", 7),
        ("script-of-two", "Dockerfile", 5),
        ("script-of-two", "compose.yaml", 9),
    ]


def test_what_a_module_prints_is_no_part_of_the_report(home, checks, tree, example):
    (checks / "team_label.py").write_text(f"{example}\n\nprint('loaded')\n")
    done = scan(home, tree, "--units", checks, "--format", "json")
    assert json.loads(done.stdout)["findings"]
    assert "loaded" in done.stderr


def test_a_check_judges_in_the_jail(home, checks, tree, example):
    reading = "    open('/etc/passwd').read()\n    if not pod"
    (checks / "team_label.py").write_text(example.replace("    if not pod", reading))
    report = json.loads(scan(home, tree, "--units", checks, "--format", "json").stdout)
    assert "Error" in report["gaps"][0]["why"]


def test_no_settings_name_checks(home, checks, tree):
    (tree / ".hullmark.yaml").write_text(f"units: [{checks}]\n")
    done = scan(home, ".", cwd=tree)
    assert done.returncode == 2
    assert "command line alone" in done.stderr


def test_a_folder_without_checks_is_an_error(home, tmp_path, tree):
    assert scan(home, tree, "--units", tmp_path / "none").returncode == 2
    done = scan(home, tree, "--units", tree)
    assert (done.returncode, "holds no module" in done.stderr) == (2, True)


def test_helpers_in_folders_below_are_part_of_the_mark(checks, example):
    (checks / "_more").mkdir()
    (checks / "team_label.py").write_text(f"{example}\nfrom ._more import names as _names\n")
    code = f"from hullmark.scan.own_units import mark; print(mark([{str(checks)!r}]).hex())"
    marks = []
    for text in ("names = 1\n", "names = 2\n"):
        (checks / "_more/__init__.py").write_text(text)
        done = run([sys.executable, "-c", code], capture_output=True, check=True)
        marks.append(done.stdout)
    assert len({*marks}) == len(marks)
