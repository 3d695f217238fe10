"""GitHub's and Canonical's records, which are OSV's and say more."""

import json

import pytest

from hullmark.feeds.ghsa import ghsa
from hullmark.feeds.ubuntu_osv import ubuntu_osv
from hullmark.model import FeedError, File, osv

FEEDS = pytest.mark.parametrize("unit", [ghsa, ubuntu_osv], ids=lambda unit: unit.id)


def read(unit, **record):
    data = json.dumps({"modified": "2026-02-03T04:05:06Z"} | record).encode()
    return list(unit.read(File(path="a/record.json", content=data)))


def on(ecosystem, **more):
    return {"package": {"ecosystem": ecosystem, "name": "oak"}} | more


@FEEDS
def test_records_on_no_package_are_passed_over(unit):
    assert read(unit, id="GHSA-1") == []
    assert read(unit, id="GHSA-1", affected=[]) == []


@FEEDS
@pytest.mark.parametrize("data", [b"", b"[]", b'{"id": "x"}', b"{" * 100_000])
def test_what_is_no_record_is_refused_at_its_place(unit, data):
    with pytest.raises(FeedError, match="no OSV record") as caught:
        list(unit.read(File(path="a/record.json", content=data)))
    assert caught.value.place == "a/record.json"


@FEEDS
def test_endless_records_are_refused(unit, monkeypatch):
    monkeypatch.setattr(osv, "MAX_RECORD_BYTES", 3)
    with pytest.raises(FeedError, match="more than 3 bytes"):
        list(unit.read(File(path="r.json", content=b"{   }")))


def test_githubs_word_for_the_severity_is_kept():
    specific = {"severity": "MODERATE", "github_reviewed": True}
    (found,) = read(ghsa, id="GHSA-1", affected=[on("npm")], database_specific=specific)
    assert found.severities == ((osv.DATABASE, "MODERATE"),)


def test_canonicals_priority_goes_before_scores():
    scores = [{"type": "CVSS_V3", "score": "CVSS:3.1/x"}, {"type": "Ubuntu", "score": "low"}]
    (found,) = read(ubuntu_osv, id="USN-1-1", severity=scores, affected=[on("Ubuntu:22.04:LTS")])
    assert found.severities == (("Ubuntu", "low"), ("CVSS_V3", "CVSS:3.1/x"))
