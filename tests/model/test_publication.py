import pytest

from hullmark.model import FeedError, File, publication


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2026-02-03", "2026-02-03T00:00:00Z"),
        ("2026-02-03 04:05", "2026-02-03T04:05:00Z"),
        (" 2026-02-03T04:05:06.789Z\n", "2026-02-03T04:05:06Z"),
        ("2026-02-03T04:05:06+02:00", "2026-02-03T02:05:06Z"),
        ("0001-01-01T00:00:00+14:00", ""),
        ("0800-01-01", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_times_are_written_as_osv_writes_them(text, time):
    assert publication.utc(text) == time


def test_documents_are_bounded_and_refused_where_they_differ(monkeypatch):
    file = File(path="x.json", content=b"\xef\xbb\xbf[1]")
    assert publication.decoded(file, list[int]) == [1]
    with pytest.raises(FeedError, match=r"x\.json: not the JSON expected: Expected `str`"):
        publication.decoded(file, list[str])
    with pytest.raises(FeedError, match="not the JSON expected"):
        publication.decoded(File(path="x.json", content=b"[" * 10_000), object)
    monkeypatch.setattr(publication, "MAX_DOCUMENT_BYTES", 5)
    with pytest.raises(FeedError, match="more than 5 bytes"):
        publication.decoded(file, list[int])
