"""``--framework``: what users see, and what a report holds."""

import json

import pytest

from tests.apps.test_cli import hullmark
from tests.formats.test_json import VALIDATOR

POD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  hostNetwork: true
  containers: [{name: web, image: "registry.example/web:1"}]
"""


@pytest.fixture
def tree(tmp_path):
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree/pod.yaml").write_text(POD)
    return tmp_path / "tree"


@pytest.fixture
def home(tmp_path):
    return {"HULLMARK_HOME": str(tmp_path / "home")}


def test_findings_are_those_of_the_framework_and_each_control_is_told(home, tree):
    done = hullmark(
        *("scan", f"dir:{tree}", "--scanners", "config", "--framework", "pss-baseline"),
        *("-f", "json"),
        **home,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    VALIDATOR.validate(report)
    assert {each["rule"] for each in report["findings"]} == {"host-network"}
    standing = report["frameworks"]["pss-baseline"]
    told = {each["id"]: each["status"] for each in standing["controls"]}
    assert told["Host Namespaces"] == "fail"
    assert set(told.values()) == {"pass", "fail"}
    assert standing["percent"] == round(100 * (len(told) - 1) / len(told), 1)


def test_the_table_tells_controls(home, tree):
    options = ("--scanners", "config", "--framework", "pss-baseline,nist-800-190")
    said = hullmark("scan", f"dir:{tree}", *options, **home).stdout
    assert "Pod Security Standard baseline" in said
    assert "NIST SP 800-190" in said
    assert "not judged: a scanner that it needs was not run" in " ".join(said.split())


def test_what_is_not_searched_by_default_is_a_gap_of_a_machine(home, tree):
    done = hullmark("scan", f"host:{tree}", "--framework", "nist-800-190", "-f", "json", **home)
    controls = json.loads(done.stdout)["frameworks"]["nist-800-190"]["controls"]
    assert {each["id"]: each["status"] for each in controls}["3.1.4"] == "gap"


@pytest.mark.parametrize("share", ["nan", "101", "much"])
def test_a_share_is_a_number_of_percents(home, tree, share):
    options = ("--scanners", "config", "--framework", "pss-baseline", "--fail-under", share)
    done = hullmark("scan", f"dir:{tree}", *options, **home)
    assert done.returncode == 2
    assert "--fail-under" in done.stderr


def test_answers_of_frameworks_of_a_file_that_nobody_asked_for_are_passed_over(
    home, tree, tmp_path
):
    controls = "[{id: 1, rules: [host-network]}]"
    own, said = tmp_path / "own.yaml", tmp_path / "said.yaml"
    own.write_text(
        f"frameworks: [{{id: one, controls: {controls}}}, {{id: two, controls: {controls}}}]"
    )
    answer = "control: 1, status: fail, owner: a, until: 2999-01-01, reason: b"
    said.write_text(f"controls: [{{framework: two, {answer}}}, {{framework: six, {answer}}}]")
    options = ("--framework-file", str(own), "--framework", "one", "--controls", str(said))
    done = hullmark("scan", f"dir:{tree}", "--scanners", "config", *options, "-f", "json", **home)
    assert [each.partition(": ")[2] for each in json.loads(done.stdout)["notes"]] == [
        "there is no framework six"
    ]


def test_an_unknown_framework_is_an_error_that_names_those_that_there_are(home, tree):
    done = hullmark("scan", f"dir:{tree}", "--framework", "pss", **home)
    assert done.returncode == 2
    assert "pss-baseline" in done.stderr
