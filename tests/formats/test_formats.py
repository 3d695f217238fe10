"""What holds for every format."""

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec import msgpack

import hullmark.formats
from hullmark.model import Report
from hullmark.unit import Format, discover
from tests.formats.samples import BARE, FULL, reports

FORMATS = discover(hullmark.formats, Format)


def rendered(unit: Format, report: Report) -> str:
    return "".join(unit.render(report))


def test_the_four_formats_are_found_under_their_ids():
    assert set(FORMATS) >= {"json", "cyclonedx", "spdx", "table"}
    assert all(unit.id == id for id, unit in FORMATS.items())


@pytest.mark.parametrize("unit", FORMATS.values(), ids=FORMATS)
def test_a_format_says_what_it_is(unit):
    assert unit.about
    assert "/" in unit.media_type


@pytest.mark.parametrize("unit", FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize("report", [FULL, BARE], ids=["full", "bare"])
def test_the_same_report_gives_the_same_text_ending_in_one_line_break(unit, report):
    again = msgpack.decode(msgpack.encode(report), type=Report)
    text = rendered(unit, report)
    assert text == rendered(unit, again)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("unit", FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize("variable", ["FORCE_COLOR", "NO_COLOR", "COLUMNS", "TTY_COMPATIBLE"])
def test_the_environment_changes_nothing(unit, variable, monkeypatch):
    text = rendered(unit, FULL)
    monkeypatch.setenv(variable, "40")
    assert rendered(unit, FULL) == text


@pytest.mark.parametrize("unit", FORMATS.values(), ids=FORMATS)
def test_every_gap_and_finding_reaches_the_reader(unit):
    text = rendered(unit, FULL)
    for said in ("npm-package", "not JSON", "encrypted members are not read", "app/x.jar"):
        assert said in text
    for finding in FULL.findings:
        assert finding.rule in text


@pytest.mark.parametrize("unit", FORMATS.values(), ids=FORMATS)
@given(report=reports)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_control_character_leaves_a_format(unit, report):
    text = rendered(unit, report)
    assert not [char for char in text if ord(char) < 32 and char != "\n"]
