"""Workflow commands, read as the runner of GitHub Actions reads them."""

import pytest
from hypothesis import HealthCheck, given, settings

from hullmark.formats.github import github as unit
from hullmark.model import Report
from hullmark.model.phrases import visible
from tests.formats.samples import ATTACK, BARE, FULL, VULNERABLE, attacked, reports

SSL = VULNERABLE.packages[0].purl
Command = tuple[str, dict[str, str], str]


def commands(report: Report) -> list[Command]:
    return [read(line) for line in "".join(unit.render(report)).removesuffix("\n").split("\n")]


def read(line: str) -> Command:
    """A command as the runner splits it: at the next two colons, at commas, at the first =."""
    assert line.startswith("::")
    head, colons, data = line[2:].partition("::")
    assert colons
    name, _, rest = head.partition(" ")
    assert name in {"error", "warning", "notice"}
    properties = {}
    for pair in rest.split(","):
        key, equals, value = pair.partition("=")
        assert equals
        assert key in {"file", "line", "title"}
        assert key not in properties
        properties[key] = unescaped(value.replace("%3A", ":").replace("%2C", ","))
    return name, properties, unescaped(data)


def unescaped(text: str) -> str:
    """What the runner undoes everywhere, the per cent sign last."""
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def test_a_finding_is_an_annotation_of_its_file():
    assert commands(VULNERABLE)[2] == (
        "error",
        {"file": "var/lib/dpkg/status", "title": "high CVE-2026-0002: Heap overflow in libssl"},
        f"{SSL}: libssl3 3.0.15-1~deb12u1 is affected, fixed in 4. Fix: upgrade libssl3 to 4",
    )
    assert commands(FULL)[2][1]["line"] == "3"


def test_the_worst_come_first_and_gaps_last_below_a_count_of_all():
    names = [(name, known["title"].split()[0]) for name, known, _ in commands(VULNERABLE)]
    assert names[:2] == [("notice", "registry.example/team/shop:1.2"), ("error", "critical")]
    assert names[2:7] == [*[("error", "high")] * 4, ("warning", "medium")]
    assert names[7:] == [("warning", "gap:")] * len(VULNERABLE.gaps)
    says = commands(VULNERABLE)[0][2]
    assert says == (
        "6 packages; findings: 1 critical, 4 high, 1 medium; gaps: 6 not looked at; decision: deny"
    )


def test_nothing_found_is_said():
    assert commands(BARE) == [
        ("notice", {"title": "srv"}, "0 packages; findings: none; gaps: none")
    ]


@given(reports)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_report_is_one_command_for_each_finding_and_gap(report):
    assert len(commands(report)) == 1 + len(report.findings) + len(report.gaps)


@pytest.mark.parametrize("text", [ATTACK, f"{ATTACK}\ud800", "a::b", "a,line=7::stop-commands::x"])
def test_hostile_text_commands_nothing(text):
    made = commands(attacked(text))
    assert [name for name, _, _ in made] == ["notice", "notice", "notice", "warning"]
    assert made[1][1]["file"] == visible(text)
    assert made[1][1]["line"] == "3"
    assert made[3][1]["title"] == f"gap: {visible(text)}"
    assert made[3][2] == f"{visible(text)}: not looked at: {visible(text)}"
