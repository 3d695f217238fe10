"""Gates from the command line: what passes, what does not, and what the exit code says."""

import json
from functools import partial

import pytest

from tests.apps.test_cli import hullmark
from tests.apps.test_rematch import BROKEN, KNOWN, home_with
from tests.images.build import make_image, os_release, status

UNFIXED = json.loads(json.dumps(KNOWN[1]))
UNFIXED["affected"][0]["package"]["name"] = "bash"
UNFIXED["affected"][0]["ranges"][0]["events"] = [{"introduced": "0"}]
FIXED = json.loads(json.dumps(KNOWN[0]))
FIXED["affected"][0]["package"]["name"] = "bash"
FIXED["affected"][0]["ranges"][0]["events"] = [{"introduced": "0"}, {"fixed": "9"}]
LICENSED = '{"name": "left", "version": "1.0.0", "license": "GPL-3.0-or-later"}'


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return home_with(tmp_path_factory.mktemp("now"), [FIXED, UNFIXED])


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    folder = tmp_path_factory.mktemp("image")
    system = [*os_release(), ("var/lib/dpkg/status", status("bash@5.2-1"))]
    left = ("srv/node_modules/left/package.json", LICENSED)
    return make_image(folder, [system, [left]])


@pytest.fixture
def scan(image, home):
    return partial(report, image, home)


def report(image, home, *options, cwd=None):
    done = hullmark("scan", image, "--format", "json", *options, cwd=cwd, **home)
    assert done.returncode in (0, 1), done.stderr
    found = json.loads(done.stdout)
    assert (found["decision"]["verdict"] == "deny") is bool(done.returncode)
    return found


def vulnerabilities(found):
    return [each for each in found["findings"] if each["kind"] == "vulnerability"]


PACKAGES = ("--scanners", "packages,vulnerabilities")
STALE = ("--allow-gaps", "vulnerabilities")


def test_what_nobody_mends_does_not_count_and_is_told(image, home):
    every = report(image, home, "--fail-on", "medium", *STALE, *PACKAGES)
    assert every["decision"]["verdict"] == "deny"
    assert len(every["findings"]) == 2
    some = report(image, home, "--ignore-unfixed", *PACKAGES)
    assert [each["rule"] for each in some["findings"]] == ["CVE-2026-0001"]
    [aside] = some["suppressed"]
    assert (aside["finding"]["rule"], aside["at"]) == ("CVE-2026-0002", "--ignore-unfixed")
    assert some["notes"] == ["--ignore-unfixed: 1 vulnerabilities without a known fix do not count"]


@pytest.mark.parametrize(
    ("text", "verdict", "place"),
    [
        ("deny:\n- {severity: medium, fixable: true}\n", "deny", "p.yaml:2: "),
        ("deny:\n- {severity: critical}\n", "allow", "p.yaml:2: "),
        ("deny:\n- {severity: critical}\nwarn:\n- {severity: low}\n", "warn", "p.yaml:4: "),
        ("deny:\n- {more-than: 2}\n", "allow", "p.yaml:2: "),
        ("deny:\n- {more-than: 1}\n", "deny", "p.yaml:2: "),
        ("deny:\n- {grace-days: 30}\n", "deny", "p.yaml:2: "),
        ("deny:\n- {grace-days: 36500}\n", "allow", "p.yaml:2: "),
        ("deny:\n- {kev: true}\n", "allow", "p.yaml:2: "),
    ],
)
def test_a_policy_file_names_the_line_that_decides(scan, tmp_path, text, verdict, place):
    (tmp_path / "p.yaml").write_text(text)
    decision = scan("--policy", tmp_path / "p.yaml", *STALE, *PACKAGES)["decision"]
    assert decision["verdict"] == verdict
    assert place in decision["policy"]


def test_a_policy_that_cannot_be_read_ends_with_two(image, home, tmp_path):
    policy = tmp_path / "p.yaml"
    for text, why in (
        ("deny: [{sevrity: low}]", f"{policy}:1: unknown key 'sevrity'"),
        ("deny:\n- [", "not YAML: while parsing a flow node, line 3"),
        ("- 1", "not the YAML expected"),
        ("licences: {deny: [MITT]}", "'MITT' is no licence"),
        ("licences: {}\n---\ndeny: [{severity: low}]", "more than one document"),
        ("deny: [{severity: low}]\nwarn: []\ndeny: []", "key 'deny' is written twice"),
    ):
        policy.write_text(text)
        done = hullmark("scan", image, "--policy", policy, **home)
        assert done.returncode == 2
        assert why in done.stderr
    done = hullmark("scan", image, "--policy", tmp_path / "absent", **home)
    assert (done.returncode, "cannot be read" in done.stderr) == (2, True)


def test_a_gap_denies_under_a_policy_unless_it_is_allowed_there_or_by_option(home, tmp_path):
    image = make_image(tmp_path, [[*os_release()], [BROKEN]])
    policy = tmp_path / "p.yaml"
    policy.write_text("deny: [{severity: critical}]\n")
    gate = ("scan", image, "--policy", policy)
    assert hullmark(*gate, **home).returncode == 1
    assert hullmark(*gate, "--allow-gaps", "npm-package-json", **home).returncode == 0
    assert hullmark(*gate, "--allow-gap", "npm-package-json", **home).returncode == 0
    assert hullmark(*gate, "--allow-gaps", "packages", **home).returncode == 0
    assert hullmark(*gate, "--allow-gaps", "vulnerabilities", **home).returncode == 1
    policy.write_text("deny: [{severity: critical}]\ngaps: {allow: [npm-package-json]}\n")
    assert hullmark(*gate, **home).returncode == 0


def test_licences_are_judged_where_there_are_lists_or_by_name(image, home, tmp_path):
    settings = tmp_path / "settings.yaml"
    ours = ("--config", settings)
    settings.write_text("licences: {deny: [category:copyleft]}\n")
    found = report(image, home, *ours, "--ignore-unfixed")
    [denied] = [each for each in found["findings"] if each["kind"] == "licence"]
    assert (denied["rule"], denied["severity"]) == ("denied-licence", "high")
    assert denied["subject"] == "pkg:npm/left@1.0.0"
    assert denied["title"] == "Licence is denied"
    assert [gap["subject"] for gap in found["gaps"] if gap["unit"] == "licences"] == ["pkg:deb"]
    settings.write_text(
        "licences: {deny: [category:copyleft]}\nfail-on: high\nallow-gaps: [licences]\n"
        "scanners: [licences]\n"
        "ignore:\n- {id: denied-licence, package: left, reason: only run here}\n"
    )
    accepted = report(image, home, *ours)
    assert not accepted["findings"]
    assert accepted["decision"]["verdict"] == "allow"
    settings.write_text("licences: {deny: [category:copyleft]}\nscanners: [packages]\n")
    assert not report(image, home, *ours)["findings"]
    unlisted = report(image, home, "--scanners", "licences")
    assert not unlisted["findings"]
    assert [gap["unit"] for gap in unlisted["gaps"]] == ["licences"]


def test_settings_that_only_lie_by_the_target_put_nothing_aside(home, tmp_path):
    folder = tmp_path / "theirs"
    folder.mkdir()
    system = [*os_release(), ("var/lib/dpkg/status", status("bash@5.2-1"))]
    image = make_image(folder, [system])
    text = "ignore-unfixed: true\nlicences: {deny: ['*']}\n"
    (folder / ".hullmark.yaml").write_text(text)
    elsewhere = tmp_path / "ours"
    elsewhere.mkdir()
    assert len(vulnerabilities(report(image, home, cwd=elsewhere))) == 2
    assert len(vulnerabilities(report(image, home, cwd=folder))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "ignore-file: [all.yaml]",
        "scanners: [packages]",
        "skip-dirs: [var]",
        "severity: critical",
        "allow-gaps: [all]",
        "stale-after: 36500",
        "output: written",
    ],
)
def test_settings_that_only_lie_by_the_target_hide_nothing_and_write_nowhere(home, tmp_path, text):
    folder, elsewhere = tmp_path / "theirs", tmp_path / "ours"
    folder.mkdir()
    elsewhere.mkdir()
    (elsewhere / "all.yaml").write_text("ignore: [{id: '*', reason: why not}]\n")
    system = [*os_release(), ("var/lib/dpkg/status", status("bash@5.2-1"))]
    image = make_image(folder, [system])
    (folder / ".hullmark.yaml").write_text(f"{text}\nfail-on: critical\n")
    found = report(image, home, cwd=elsewhere)
    assert len(vulnerabilities(found)) == 2
    assert "runs-as-root" in {each["rule"] for each in found["findings"]}
    assert found["decision"]["verdict"] == "deny", "advisories are stale"
    place, _, keys = found["notes"][0].partition(": lies by the target, so not obeyed: ")
    assert (place, keys) == (str(folder / ".hullmark.yaml"), text.partition(":")[0])
    assert not (elsewhere / "written").exists()


@pytest.mark.parametrize(
    ("name", "option"), [(".hullmark.yaml", "--config"), (".gitleaks.toml", "--ignore-file")]
)
def test_settings_within_the_target_are_named_and_not_obeyed(name, option, home, tmp_path):
    target, elsewhere = tmp_path / "target", tmp_path / "elsewhere"
    for folder in (target, elsewhere):
        folder.mkdir()
    (target / name).touch()
    note = f"{target / name}: lies in the target, so not obeyed: {option} does"
    assert report(target, home, cwd=elsewhere)["notes"] == [note]
    assert report(target, home, option, target / name, cwd=elsewhere)["notes"] == []
    assert report(target, home, cwd=target)["notes"] == []


@pytest.mark.parametrize("form", ["table", "html", "sarif", "cyclonedx", "spdx", "junit", "gitlab"])
def test_licences_that_are_denied_are_in_every_format(image, home, tmp_path, form):
    policy = tmp_path / "p.yaml"
    policy.write_text("licences: {deny: [GPL-3.0-or-later]}\n")
    done = hullmark("scan", image, "--policy", policy, "--format", form, **home)
    assert done.returncode == 0
    if form != "gitlab":  # its container scanning report holds vulnerabilities alone
        assert "denied-licence" in done.stdout
