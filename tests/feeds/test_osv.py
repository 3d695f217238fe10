import pytest

from hullmark.feeds.osv import osv
from hullmark.model import FeedError, File

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
