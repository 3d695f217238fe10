"""What was found in content stays in a stored report, and so does what comments accept."""

import json
from random import Random

import pytest

import hullmark.formats
from hullmark.apps.cli.target import source_of
from hullmark.checks.drawing import text
from hullmark.checks.proofs import crc32_base62
from hullmark.model.exemption import Exemption
from hullmark.policy.exemptions import sifted
from hullmark.scan import Scanner, Settings
from hullmark.sieve.options import Looking
from hullmark.unit import Format, load

DAY = "2026-01-02"


def token(seed):
    body = text(Random(seed), 30)
    return f"ghp_{body}{crc32_base62(body)}"


@pytest.fixture(scope="module")
def scanner():
    with Scanner(looking=Looking(secrets=True, malware=True, config=True)) as made:
        yield made


@pytest.fixture
def scan(scanner, tmp_path):
    def run(target):
        return scanner.scan(*source_of(target), Settings(folder=str(tmp_path / "cache")))

    return run


@pytest.fixture
def report(scan, tmp_path):
    tree = tmp_path / "tree"
    (tree / "etc/ssh").mkdir(parents=True)
    (tree / "etc/ssh/sshd_config").write_text("PermitRootLogin yes\n")
    lines = f"a={token(1)}\nb={token(2)} # hullmark:allow github-token made up\nc={token(3)}\n"
    (tree / "a.env").write_text(lines)
    return scan(f"dir:{tree}")


@pytest.fixture
def again(scan, tmp_path):
    def run(report):
        form = load(hullmark.formats, Format, "json")
        assert form is not None
        path = tmp_path / "report.json"
        path.write_text("".join(form.render(report)))
        return scan(f"report:{path}")

    return run


def test_findings_come_once_with_their_rules(report, again):
    stored = again(report)
    assert {each.rule for each in report.findings} == {"github-token", "ssh-root-login"}
    assert stored.findings == report.findings
    assert stored.rules == report.rules
    assert again(stored).findings == report.findings


def test_what_a_comment_accepts_stays_accepted(report, again):
    assert [each.finding.evidence.line for each in report.suppressed] == [2]
    for stored in (again(report), again(again(report))):
        assert [each.finding for each in stored.suppressed] == [
            each.finding for each in report.suppressed
        ]
        assert [each.by.reason for each in stored.suppressed] == ["made up"]


def test_what_an_exemption_accepted_is_asked_again(report, again):
    exempt = Exemption(at=".hullmark.yaml: ignore 1", id="github-token", path="a.env", reason="x")
    accepted = sifted(report, [exempt], DAY)
    assert [each.rule for each in accepted.findings] == ["ssh-root-login"]
    assert len(accepted.suppressed) == 3
    stored = again(accepted)
    assert sorted(stored.findings, key=repr) == sorted(report.findings, key=repr)
    assert len(stored.suppressed) == 1
    assert len(sifted(stored, [exempt], DAY).suppressed) == 3


def test_no_stored_form_has_the_tokens(report, again):
    form = load(hullmark.formats, Format, "json")
    for each in (report, again(report)):
        said = "".join(form.render(each))
        assert not [seed for seed in (1, 2, 3) if token(seed) in said]
        assert json.loads(said)["findings"][0]["title"]
