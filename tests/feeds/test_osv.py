import pytest

from hullmark.feeds.osv import osv
from hullmark.model import FeedError, File
from hullmark.model.advisory import Import, Range
from hullmark.model.osv import written

RECORD = b'{"id": "OURS-%d", "modified": "2026-01-02T03:04:05Z"}'


def ids(data):
    return [each.id for each in osv.read(File(path="ours.json", content=data))]


def test_a_document_is_a_record_or_a_list_of_them():
    assert ids(RECORD % 1) == ["OURS-1"]
    assert ids(b"\xef\xbb\xbf\n [" + RECORD % 1 + b", " + RECORD % 2 + b"]") == ["OURS-1", "OURS-2"]
    assert ids(b"[]") == []


def test_the_record_that_is_none_is_named():
    with pytest.raises(FeedError, match=r"ours\.json: record 1: no OSV record"):
        ids(b"[" + RECORD % 1 + b', {"id": "../x", "modified": "2026-01-02T03:04:05Z"}]')
    with pytest.raises(FeedError, match=r"ours\.json: no OSV record"):
        ids(b"{}")


GO = b"""{"id": "GO-1", "modified": "2026-01-02T03:04:05Z", "affected": [{
  "package": {"ecosystem": "Go", "name": "example.org/oak"},
  "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}%s]}],
  "ecosystem_specific": {
    "imports": [{"path": "example.org/oak/leaf", "symbols": ["Fall"], "goos": ["windows"]}],
    "custom_ranges": [
      {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.1.0"}]}
    ]
  }}]}"""


def test_versions_that_go_does_not_know_count_where_a_range_has_no_end():
    [record] = osv.read(File(path="go.json", content=GO % b""))
    [affected] = record.affected
    assert affected.ranges == (Range("ECOSYSTEM", (("introduced", "0"), ("fixed", "2.1.0"))),)
    assert affected.imports == (Import("example.org/oak/leaf", ("Fall",), ("windows",)),)
    assert [*osv.read(File(path="again.json", content=written(record)))] == [record]
    [record] = osv.read(File(path="go.json", content=(GO % b"").replace(b"2.1.0", b"2.1.0b1")))
    assert record.affected[0].ranges == (Range("SEMVER", (("introduced", "0"),)),)
    [record] = osv.read(File(path="go.json", content=GO % b', {"fixed": "3.0.0"}'))
    assert record.affected[0].ranges == (
        Range("SEMVER", (("introduced", "0"), ("fixed", "3.0.0"))),
    )
