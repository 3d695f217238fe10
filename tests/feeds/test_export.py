"""What feeds read can be exported, and imported again as it was."""

import json
from random import Random

import pytest
from msgspec.structs import replace

import hullmark.feeds
from hullmark.model import FeedError, File, osv
from hullmark.model.ecosystems import told_by
from hullmark.unit import Feed, discover

FEEDS = discover(hullmark.feeds, Feed)
EVERY = pytest.mark.parametrize("unit", FEEDS.values(), ids=FEEDS)
JSON = [each for each in FEEDS.values() if each.example.name.endswith(".json")]
STRANGE: tuple[object, ...] = (
    None,
    "",
    0,
    -1,
    [],
    {},
    "x" * 300,
    True,
    "::",
    "9:oak",
    "pkg:rpm/a/@1",
    "cpe:2.3:a",
)
MUTANTS = 200


def assert_survives(advisory):
    """An advisory without a time has got that of its document before it is kept."""
    whole = replace(advisory, modified=advisory.modified or "2026-01-01T00:00:00Z")
    assert osv.read(osv.written(whole), "exported") == whole


@EVERY
def test_a_feed_tells_of_the_ecosystems_that_it_is_known_to_cover(unit):
    told = {each.ecosystem for one in unit.read(unit.example) for each in one.affected}
    covered = told_by(f"feed:{unit.id}")
    assert {each.partition(":")[0] for each in told} <= {*covered} or unit.id == "osv"
    assert not covered or unit.id != "osv"


@EVERY
def test_examples_survive_export(unit):
    for advisory in unit.read(unit.example):
        assert_survives(advisory)


def places(value, at=()):
    """The path to every value of a document."""
    yield at
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(inner, (*at, key))


@pytest.mark.parametrize("unit", JSON, ids=lambda unit: unit.id)
def test_what_is_strange_is_refused_or_survives_export(unit):
    random = Random(unit.id)
    for _ in range(MUTANTS):
        whole = json.loads(unit.example.data)
        at = random.choice([each for each in places(whole) if each])
        inner = whole
        for key in at[:-1]:
            inner = inner[key]
        inner[at[-1]] = random.choice(STRANGE)
        try:
            found = list(unit.read(File(path="strange.json", content=json.dumps(whole).encode())))
        except FeedError:
            continue
        for advisory in found:
            assert_survives(advisory)
