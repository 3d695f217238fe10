"""``hullmark report`` and what else is asked of frameworks, as users do it."""

import json

import pytest

from tests.apps.test_audits import VALIDATOR
from tests.apps.test_cli import hullmark
from tests.apps.test_framework_option import POD
from tests.policy.test_analysers import log, result

CONFIG = ("--scanners", "config", "--framework", "pss-baseline")


@pytest.fixture
def tree(tmp_path):
    folder = tmp_path / "tree"
    (folder / ".git/refs/heads").mkdir(parents=True)
    (folder / ".git/HEAD").write_text("ref: refs/heads/main\n")
    (folder / ".git/refs/heads/main").write_text("ab" * 20 + "\n")
    (folder / "pod.yaml").write_text(POD)
    (folder / "Dockerfile").write_text(
        '# hullmark:allow runs-as-root it is a test\nFROM debian:12\nCMD ["a"]\n'
    )
    return folder


@pytest.fixture
def home(tmp_path):
    return {"HULLMARK_HOME": str(tmp_path / "home")}


def test_several_forms_of_one_report_share_its_digest(home, tree, tmp_path):
    forms = ("-f", "json,html,csv,pdf", "-o", tmp_path / "out")
    done = hullmark("report", f"dir:{tree}", *CONFIG, *forms, "--fail-under", "100", **home)
    assert done.returncode == 1, done.stderr
    document = json.loads((tmp_path / "out.json").read_bytes())
    VALIDATOR.validate(document)
    assert document["target"]["commit"] == "ab" * 20
    assert document["decision"]["because"] == ["pss-baseline Host Namespaces fail"]
    for form in ("html", "csv", "pdf"):
        assert document["digest"].encode() in (tmp_path / f"out.{form}").read_bytes()


def test_a_stored_report_is_reported_on_as_its_scan_was(home, tree, tmp_path):
    stored = tmp_path / "scan.json"
    own = tmp_path / "own.yaml"
    own.write_text(
        "frameworks:\n- id: own\n  extends: pss-baseline\n  controls:\n"
        "  - {id: root, rules: [runs-as-root]}\n"
    )
    scanned = hullmark("scan", f"dir:{tree}", "--scanners", "config", "-f", "json", **home)
    stored.write_text(scanned.stdout)
    asked = ("--framework-file", own, "--framework", "own", "--scanners", "config", "-f", "json")
    first = json.loads(hullmark("report", f"dir:{tree}", *asked, **home).stdout)
    again = hullmark("report", f"report:{stored}", *asked, **home)
    second = json.loads(again.stdout)
    assert second["frameworks"] == first["frameworks"]
    accepted = second["frameworks"][0]["controls"][-1]["accepted"]
    assert [each["reason"] for each in accepted] == ["it is a test"]
    assert second["exceptions"] == first["exceptions"]


def test_a_stored_report_without_all_findings_is_refused(home, tree, tmp_path):
    stored = tmp_path / "scan.json"
    asked = ("report", f"report:{stored}", "--framework", "pss-restricted", "-f", "json")
    for options, says in (
        (("--severity", "high"), "findings below high are not in the stored report"),
        (("--framework", "pss-baseline"), "holds only findings about pss-baseline"),
    ):
        scanned = hullmark("scan", f"dir:{tree}", *CONFIG[:2], *options, "-f", "json", **home)
        stored.write_text(scanned.stdout)
        done = hullmark(*asked, **home)
        assert (done.returncode, done.stdout) == (2, "")
        assert says in done.stderr


def test_a_stored_report_is_judged_by_what_was_said_then(home, tree, tmp_path):
    stored = tmp_path / "scan.json"
    said = ("--kubernetes-version", "1.29", "--skip-dirs", "x")
    scanned = hullmark("scan", f"dir:{tree}", *CONFIG[:2], *said, "-f", "json", **home)
    stored.write_text(scanned.stdout)
    asked = ("report", f"report:{stored}", *CONFIG, "-f", "json", "--trusted-registry", "a.example")
    told = json.loads(hullmark(*asked, **home).stdout)
    assert told["frameworks"][0]["version"] == "v1.29"
    assert told["scope"]["basis"] == {
        "kubernetes": "1.29",
        "skipped": "x",
        "frameworks": "pss-baseline",
    }


def test_results_of_other_analysers_are_judged_by_gates_and_exemptions(home, tree, tmp_path):
    named = tmp_path / "a.sarif"
    named.write_bytes(log(result(level="error")))
    asked = ("scan", f"dir:{tree}", "--scanners", "packages", "--sarif", named)
    done = hullmark(*asked, "--fail-on", "high", "-f", "json", **home)
    assert done.returncode == 1
    assert json.loads(done.stdout)["findings"][0]["rule"] == "ana-lyser-2/x"
    (tmp_path / "ignore.yaml").write_text("ignore:\n- {id: ana-lyser-2/x, reason: known}\n")
    exempt = ("--ignore-file", tmp_path / "ignore.yaml")
    assert hullmark(*asked, "--fail-on", "high", *exempt, **home).returncode == 0


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ((), "--framework"),
        (("--framework", "nist"), "no framework 'nist'"),
        ((*CONFIG, "-f", "pdf,json"), "--output NAME"),
        ((*CONFIG, "--controls", "bad.yaml"), "bad.yaml:2: has no framework"),
        ((*CONFIG, "--framework-file", "bad.yaml"), "unknown key 'controls'"),
        ((*CONFIG, "--sarif", "bad.yaml"), "bad.yaml: not the JSON expected"),
        ((*CONFIG, "--sarif", "none.sarif"), "none.sarif: cannot be read"),
        ((*CONFIG, "-f", "pdf", "--font", "bad.yaml"), "bad.yaml: is no TrueType font"),
    ],
)
def test_broken_input_ends_with_2_and_names_the_place(home, tree, tmp_path, options, says):
    (tmp_path / "bad.yaml").write_text("controls:\n- control: 3\n")
    done = hullmark("report", f"dir:{tree}", *options, cwd=tmp_path, **home)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stdout == ""


def test_settings_of_scans_are_no_error(home, tree, tmp_path):
    (tmp_path / ".hullmark.yaml").write_text(
        "format: sarif\nseverity: high\nframework: pss-baseline\nfail-under: 101\n"
    )
    done = hullmark("report", f"dir:{tree}", "-f", "json", cwd=tmp_path, **home)
    assert done.returncode == 2
    assert "fail-under" in done.stderr
