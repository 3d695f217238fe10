"""Rules can be listed and explained, each by the id that findings show."""

import json

import pytest
from click.testing import CliRunner

from hullmark.apps.cli import explain, rules
from hullmark.apps.rules import UNITS, every
from hullmark.unit import ids


def run(command, *arguments):
    return CliRunner().invoke(command, arguments)


def test_every_unit_that_holds_a_rule_is_listed_and_engines_rules_too():
    known = every()
    for room, _ in UNITS:
        assert set(ids(room)) <= set(known)
    assert {"layer-digest-mismatch", "altered-packaged-file", "denied-licence"} <= set(known)


@pytest.mark.parametrize(
    ("options", "kinds"),
    [(("--kind", "integrity"), {"integrity"}), (("--kind", "secret"), {"secret"})],
)
def test_rules_are_listed_by_kind(options, kinds):
    done = run(rules.command, "list", "--format", "json", *options)
    found = json.loads(done.stdout)
    assert {each["kind"] for each in found} == kinds
    lines = run(rules.command, "list", *options).stdout.splitlines()
    assert [line.split()[0] for line in lines] == [each["id"] for each in found]


def test_rules_are_listed_from_a_severity_on():
    found = json.loads(run(rules.command, "list", "-f", "json", "--severity", "critical").stdout)
    assert {each["severity"] for each in found} == {"critical"}


@pytest.mark.parametrize("id", ["generic-password", "bind-shell", "layer-digest-mismatch"])
def test_a_rule_is_explained_by_its_id(id):
    done = run(explain.command, id)
    assert done.exit_code == 0
    rule = every()[id].rule
    assert done.stdout.startswith(f"{id}  ({rule.kind}, {rule.severity.label}, ")
    assert "Remediation: " in done.stdout
    assert all(reference in done.stdout for reference in rule.references)


def test_an_unknown_rule_is_refused_with_ids_that_look_alike():
    done = run(explain.command, "generic-passwd\x1b")
    assert done.exit_code == 2
    assert "did you mean generic-password" in done.output


def test_of_a_vulnerability_the_command_that_explains_it_is_named():
    done = run(explain.command, "CVE-2026-0001")
    assert done.exit_code == 2
    assert "hullmark advisories show CVE-2026-0001" in done.output
    assert "\x1b" not in done.output
