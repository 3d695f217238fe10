"""VEX and baselines on the command line: from a report to one that it clears."""

import json
from pathlib import Path

import pytest

from tests.apps.test_cli import hullmark
from tests.apps.test_vulnerabilities import home, image  # noqa: F401 - fixtures

KNOWN = ("--scanners", "packages,vulnerabilities")
OURS = "ignore:\n- {id: CVE-2026-0001, reason: cut out, justification: component_not_present}\n"


def scanned(target, home, *options):  # noqa: F811
    done = hullmark("scan", target, "--format", "json", *options, **home)
    assert done.stderr == ""
    report = json.loads(done.stdout)
    rules = [each["rule"] for each in report["findings"]]
    return rules, [each["finding"]["rule"] for each in report["suppressed"]], report["notes"]


@pytest.mark.parametrize("form", ["openvex", "csaf-vex", "cyclonedx"])
def test_what_was_exempt_is_cleared_by_the_vex_that_tells_of_it(image, home, tmp_path, form):  # noqa: F811
    (tmp_path / "own.yaml").write_text(OURS)
    told = tmp_path / "told.json"
    made = ("--ignore-file", tmp_path / "own.yaml", "--format", form, "--output", told)
    assert hullmark("scan", image, *made, **home).returncode == 0
    rules, suppressed, _ = scanned(image, home, "--vex", told, *KNOWN)
    assert (rules, suppressed) == (["CVE-2026-0002"], ["CVE-2026-0001"])
    (tmp_path / "proj").mkdir()
    settings = tmp_path / "proj" / ".hullmark.yaml"
    settings.write_text(f"vex: [{told}]\n")
    assert scanned(image, home, "--config", settings)[1] == ["CVE-2026-0001"]


def test_a_gate_opens_where_nothing_is_new(image, home, tmp_path):  # noqa: F811
    base = tmp_path / "base.json"
    hullmark("scan", image, "--format", "json", "--output", base, **home)
    gate = ("--fail-on", "low", "--baseline", base)
    assert hullmark("scan", image, *gate, **home).returncode == 0
    assert scanned(image, home, "--baseline", base)[0] == []


def test_settings_that_only_lie_by_the_target_clear_nothing(image, home, tmp_path):  # noqa: F811
    base = tmp_path / "base.json"
    hullmark("scan", image, "--format", "json", "--output", base, **home)
    (tmp_path / ".hullmark.yaml").write_text(f"baseline: {base}\n")
    assert len(scanned(image, home, *KNOWN)[0]) == 2
    assert not scanned(image, home)[1]


def test_files_whose_names_are_no_utf8_are_read(image, home, tmp_path):  # noqa: F811
    base = f"{tmp_path}/\udcff.json"
    hullmark("scan", image, "--format", "json", "--output", base, **home)
    again = scanned(f"report:{base}", home)
    assert again[0]
    assert "\\xff.json" in again[2][0]
    rules, suppressed, _ = scanned(f"report:{base}", home, "--baseline", base)
    assert (rules, suppressed) == ([], again[0])
    told = f"{tmp_path}/\udcff.yaml"
    Path(told).write_text(OURS)
    assert scanned(image, home, "--ignore-file", told)[1] == ["CVE-2026-0001"]


@pytest.mark.parametrize("option", ["--vex", "--baseline"])
def test_what_cannot_be_obeyed_ends_before_the_scan(option, tmp_path):
    bad = tmp_path / "bad.json"
    bad.write_text("{}")
    done = hullmark("scan", f"dir:{tmp_path}", option, bad)
    assert done.returncode == 2
    assert done.stderr.startswith(f"hullmark: {bad}: is neither")
