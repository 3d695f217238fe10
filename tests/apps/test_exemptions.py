"""What somebody accepts: read from the files that people have, held against findings."""

import pytest
from msgspec.structs import replace

from hullmark.apps.cli import settings
from hullmark.apps.cli.exemptions import exemptions
from hullmark.model import (
    Evidence,
    Finding,
    Kind,
    Package,
    PolicyError,
    Severity,
)
from hullmark.model.exemption import Exemption, Suppressed
from hullmark.policy.exemptions import of_grype, of_settings, sifted
from hullmark.policy.index import Index
from tests.formats.samples import FULL

TODAY = "2026-11-22"
LEAF = Package(type="npm", namespace="@x", name="leaf", version="1.0", path="app/a.json")
FAULT = Finding(
    rule="CVE-2026-0001",
    kind=Kind.VULNERABILITY,
    severity=Severity.HIGH,
    subject=LEAF.purl,
    evidence=Evidence(at="app/a.json", says="1.0 is affected", path="app/a.json"),
    aliases=("GHSA-aaaa",),
)
BROKEN = replace(FAULT, kind=Kind.INTEGRITY)


def kept(exemption, finding=FAULT):
    report = replace(FULL, packages=(LEAF,), findings=(finding,))
    return sifted(report, [exemption], TODAY)


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        ({"id": "CVE-2026-0001"}, True),
        ({"id": "GHSA-aaaa"}, True),
        ({"id": "CVE-2026-*"}, True),
        ({"id": "CVE-2026-0002"}, False),
        ({"package": "@x/leaf"}, True),
        ({"package": "leaf"}, False),
        ({"path": "app/*"}, True),
        ({"path": "srv/*"}, False),
        ({"purl": LEAF.purl}, True),
        ({"purl": "pkg:npm/%40x/leaf"}, True),
        ({"purl": "pkg:npm/%40x/lea"}, False),
        ({"id": "CVE-2026-0001", "package": "other"}, False),
        ({"package": "@x/leaf", "version": "2.0"}, False),
    ],
)
def test_an_exemption_fits_what_it_says_and_all_of_it(said, fits):
    report = kept(Exemption(at="here", **said))
    assert bool(report.suppressed) is fits
    assert bool(report.findings) is not fits
    assert bool(report.notes) is not fits


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("pkg:NPM/@x/leaf", True),
        ("pkg:npm/@x/leaf@1.0?arch=amd64", True),
        ("pkg:npm/%40x/leaf?distro=a-1", True),
        ("pkg:npm/@x/leaf@1.0?distro=a-1&arch=amd64", True),
        ("pkg:npm/@x/leaf?arch=arm64", False),
        ("pkg:npm/@x/leaf@1", False),
        ("pkg:npm/@x/leaf#sub", False),
        ("pkg:npm/%40x%2Fleaf@1.0", False),
        ("pkg:npm/leaf", False),
    ],
)
def test_a_purl_fits_however_it_is_spelled_and_leaves_out_what_it_likes(text, fits):
    package = replace(LEAF, qualifiers={"arch": "amd64", "distro": "a-1"})
    report = replace(FULL, packages=(package,), findings=(replace(FAULT, subject=package.purl),))
    said = list(of_settings([{"purl": text, "reason": "why"}], "own.yaml"))
    assert bool(sifted(report, said, TODAY).suppressed) is fits


def test_types_of_packages_are_read_in_grypes_words():
    rules = {"ignore": [{"package": {"type": type}} for type in ("python", "npm", "go-module")]}
    assert [each.type for each in of_grype(rules, ".grype.yaml")] == ["pypi", "npm", "golang"]


def test_broken_integrity_is_never_exempt():
    report = kept(Exemption(at="here", id="CVE-2026-0001"), BROKEN)
    assert report.findings == (BROKEN,)
    assert not report.suppressed


def test_a_file_that_differs_from_its_packages_can_be_exempt():
    altered = replace(BROKEN, rule="altered-packaged-file", aliases=())
    report = kept(Exemption(at="here", id=altered.rule, reason="patched by us"), altered)
    assert [each.finding for each in report.suppressed] == [altered]


def test_an_exemption_of_what_does_not_count_anyway_is_told_as_such():
    said = Exemption(at="a:1", id=FAULT.rule, reason="r")
    aside = Suppressed(finding=FAULT, by=Exemption(at="b:1", reason="not in the program"))
    report = replace(FULL, findings=(), suppressed=(aside,))
    told = sifted(report, [said], TODAY)
    assert told.notes == (
        f"a:1: {FAULT.rule} is ignored, and what was found of it does not count anyway",
    )
    assert told.suppressed == (aside,)


def test_one_path_of_several_that_fits_is_enough_for_a_rule():
    paths = [Exemption(at="a:1", id=FAULT.rule, path=each) for each in ("srv/*", "app/*")]
    report = replace(FULL, packages=(LEAF,), findings=(FAULT,))
    told = sifted(report, paths, TODAY)
    assert (len(told.suppressed), told.notes) == (1, ())
    told = sifted(report, [replace(each, path=f"opt/{each.path}") for each in paths], TODAY)
    assert told.notes == (f"a:1: {FAULT.rule} is ignored, and nothing of it was found",)


def test_an_exemption_ends_with_its_last_day():
    for expires, suppressed in ((TODAY, True), ("2026-11-21", False)):
        report = kept(Exemption(at="a:1", id="CVE-2026-0001", expires=expires))
        assert bool(report.suppressed) is suppressed
    assert report.notes == ("a:1: CVE-2026-0001 is not ignored any more since 2026-11-21",)


def test_a_star_stays_in_its_folder_where_other_tools_have_it_so():
    for path, fits in (("app/*", True), ("*", False), ("**", True), ("app/[a].json", False)):
        said = Exemption(at="here", path=path, folders=True)
        assert bool(kept(said).suppressed) is fits, path
    assert kept(Exemption(at="here", path="*")).suppressed


@pytest.mark.parametrize("folders", [True, False])
def test_stars_of_any_number_are_held_against_any_path(folders):
    deep = f"{'a/' * 2000}x.json"
    stars = "**" if folders else "*"
    for path, fits in ((stars.join(["a"] * 9), False), (f"{stars.join('a/' * 9)}*x.json", True)):
        found = replace(FAULT, evidence=replace(FAULT.evidence, path=deep))
        said = Exemption(at="here", path=path, folders=folders)
        assert bool(kept(said, found).suppressed) is fits, path


def test_stars_for_folders_hold_what_lies_between_them():
    for path, text, fits in (
        ("**/a*b/c", "x/y/aab/c", True),
        ("**/a*b/c", "x/y/a/b/c", False),
        ("*/b*c*d", "a/bccd", True),
        ("a*b**c*d", "abb/x/ccd", True),
        ("a*b**c*d", "abb/x/c/d", False),
    ):
        found = replace(FAULT, evidence=replace(FAULT.evidence, path=text))
        said = Exemption(at="here", path=path, folders=True)
        assert bool(kept(said, found).suppressed) is fits, (path, text)


def test_exemptions_that_may_fit_everything_have_a_bound(monkeypatch):
    monkeypatch.setattr("hullmark.policy.exemptions.MAX_COMPARISONS", 1)
    wide = [Exemption(at=f"x:{number}", path=f"*{number}") for number in range(2)]
    narrow = [Exemption(at="x", id=f"CVE-{number}") for number in range(9)]
    everything = replace(kept(narrow[0]), notes=())
    assert sifted(everything, narrow, TODAY).findings
    with pytest.raises(PolicyError, match="too many exemptions begin with a"):
        sifted(everything, wide, TODAY)


def test_settings_by_the_target_accept_nothing(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert settings.is_near(str(tmp_path / ".hullmark.yaml"))
    assert settings.is_near(str(tmp_path / "here" / ".hullmark.yaml"))
    assert not settings.is_near(str(tmp_path / "there" / ".hullmark.yaml"))
    assert not settings.is_near("")


def test_settings_of_the_working_folder_count_before_those_by_the_target(tmp_path, monkeypatch):
    there, here = tmp_path / "there", tmp_path / "here"
    for folder in (there, here):
        folder.mkdir()
    (there / ".hullmark.yaml").write_text("fail-on: high\n")
    monkeypatch.chdir(here)
    assert settings.chosen(str(there / "image.tar")) == str(there / ".hullmark.yaml")
    (here / ".hullmark.yaml").write_text("fail-on: low\n")
    assert settings.chosen(str(there / "image.tar")) == str(here / ".hullmark.yaml")
    assert settings.chosen("registry:debian:12") == str(here / ".hullmark.yaml")


def test_every_kind_of_file_is_read(tmp_path):
    files = {
        ".trivyignore": "# no way in\nCVE-1 exp:2026-12-31\n\nCVE-2\n",
        ".trivyignore.yaml": "vulnerabilities:\n- id: CVE-3\n  paths: [a/*, b]\n"
        "  expired_at: 2026-12-31\n  statement: fine\n",
        ".grype.yaml": "ignore:\n- vulnerability: CVE-4\n  package: {name: leaf, type: npm}\n",
        "own.yaml": "ignore:\n- {id: CVE-5, reason: why, owner: ada, expires: 2027-01-01}\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    found = exemptions("", [str(tmp_path / name) for name in files])
    told = [(each.id, each.path, each.package, each.expires, each.reason) for each in found]
    assert told == [
        ("CVE-1", "", "", "2026-12-31", "no way in"),
        ("CVE-2", "", "", "", ""),
        ("CVE-3", "a/*", "", "2026-12-31", "fine"),
        ("CVE-3", "b", "", "2026-12-31", "fine"),
        ("CVE-4", "", "leaf", "", ""),
        ("CVE-5", "", "", "2027-01-01", "why"),
    ]
    assert (
        exemptions(str(tmp_path / "own.yaml"), [str(tmp_path / ".trivyignore")])[0].owner == "ada"
    )


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.yaml", "ignore:\n- {id: X}\n", "ignore 1: gives no reason"),
        ("a.yaml", "ignore:\n- {reason: X}\n", "ignore 1: says not what to ignore"),
        ("a.yaml", "ignore:\n- {id: X, reason: y, until: z}\n", "unknown key 'until'"),
        ("a.yaml", "ignore:\n- {id: X, reason: y, expires: soon}\n", "'soon' is no date"),
        ("a.yaml", "ignore: X\n", "a list is wanted"),
        ("a.yaml", "ignore:\n- {purl: npm/x, reason: y}\n", "'npm/x' is no package URL"),
        ("a.yaml", "ignore:\n- {id: [X], reason: y}\n", "ignore 1: id: one value is wanted"),
        ("a.yaml", "ignore: [X]\n", "keys with values are wanted"),
        ("a.yaml", "ignore: [\n", "a.yaml"),
        (".grype.yaml", "ignore:\n- {fix-state: wont-fix}\n", "fix-state is a condition"),
        (".grype.yaml", "ignore:\n- {reason: x}\n", "says not what to ignore"),
        ("trivy.yaml", "vulnerabilities:\n- {paths: [a]}\n", "vulnerabilities 1: has no id"),
        (".trivyignore", "CVE-1 exp:soon\n", ":1: 'soon' is no date"),
        (".trivyignore", "CVE-1 exp:\n", ":1: 'nothing' is no date"),
        (".trivyignore", "CVE-1 exp: 2020-01-01\n", ":1: 'nothing' is no date"),
        (".trivyignore", "CVE-1 expires:2020-01-01\n", "'expires:2020-01-01' is not read"),
        (".trivyignore", "CVE-1 exp:2026-19-39\n", "'2026-19-39' is no date"),
        (".trivyignore", "CVE-1 exp:2026-12-31x\n", "'2026-12-31x' is no date"),
        ("trivy.yaml", "vulnerabilities:\n- {id: X, path: [a]}\n", "unknown key 'path'"),
    ],
)
def test_what_cannot_be_obeyed_is_an_error_that_names_the_place(tmp_path, name, text, says):
    (tmp_path / name).write_text(text)
    with pytest.raises(PolicyError, match=says.replace("[", r"\[")):
        exemptions("", [str(tmp_path / name)])
    with pytest.raises(PolicyError, match="cannot be read"):
        exemptions("", [str(tmp_path / "none")])


def test_files_that_lie_where_the_user_works_are_read(tmp_path, monkeypatch):
    (tmp_path / ".trivyignore").write_text("CVE-1\n")
    monkeypatch.chdir(tmp_path)
    assert [each.id for each in exemptions("", [])] == ["CVE-1"]
    assert exemptions("", [str(tmp_path / ".trivyignore")])[0].at.endswith(".trivyignore:1")


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        ({"id": "*-0001", "package": "@x/l*"}, True),
        ({"id": "CVE*", "purl": "pkg:npm/%40x/leaf", "path": "*.json"}, True),
        ({"id": "CVE*", "purl": "pkg:npm/*"}, False),
        ({"package": "*", "path": "app/*"}, True),
        ({"id": "GHSA-*", "path": "app/a.json"}, True),
        ({"type": "npm"}, True),
        ({"type": "pypi"}, False),
    ],
)
def test_stars_anywhere_are_found(said, fits):
    assert bool(kept(Exemption(at="here", **said)).suppressed) is fits


def test_the_first_that_fits_is_named():
    report = replace(FULL, packages=(LEAF,), findings=(FAULT,))
    both = [Exemption(at="1", package="@x/*"), Exemption(at="2", id="CVE-2026-0001")]
    assert [sifted(report, order, TODAY).suppressed[0].by.at for order in (both, both[::-1])] == [
        "1",
        "2",
    ]


def test_a_finding_is_held_against_few_of_many_exemptions():
    many = [Exemption(at=str(n), id="CVE-2026-0001", package=f"p{n}") for n in range(1000)]
    many += [Exemption(at=str(n), id=f"CVE-{n}-*") for n in range(1000)]
    assert not Index(many).near(FAULT, LEAF)
    last = Exemption(at="last", id="CVE-2026-0*", package="@x/leaf")
    assert Index([*many, last]).near(FAULT, LEAF) == [last]


@pytest.mark.parametrize(
    ("said", "status", "justification"),
    [
        ("", "", ""),
        (", status: fixed", "fixed", ""),
        (", status: affected", "affected", ""),
        (", justification: component_not_present", "not_affected", "component_not_present"),
    ],
)
def test_an_exemption_may_say_what_vex_is_told(tmp_path, said, status, justification):
    (tmp_path / "own.yaml").write_text(f"ignore:\n- {{id: X, reason: y{said}}}\n")
    (only,) = exemptions("", [str(tmp_path / "own.yaml")])
    assert (only.status, only.justification) == (status, justification)


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("status: fine", "'fine' is no status"),
        ("justification: because", "'because' is no justification"),
        ("status: fixed, justification: component_not_present", "is for not_affected"),
    ],
)
def test_a_status_is_a_word_of_openvex(tmp_path, said, says):
    (tmp_path / "own.yaml").write_text(f"ignore:\n- {{id: X, reason: y, {said}}}\n")
    with pytest.raises(PolicyError, match=says):
        exemptions("", [str(tmp_path / "own.yaml")])
