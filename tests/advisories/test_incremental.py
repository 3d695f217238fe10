"""Records that changed are fetched alone; downloads that broke are taken up where they broke."""

import json
import os
import shutil
import subprocess
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from hullmark.advisories import client, incremental, web
from hullmark.advisories.incremental import difference, listed
from hullmark.advisories.partial import KEPT_DAYS
from hullmark.advisories.update import update
from hullmark.advisories.web import Web
from hullmark.model import FeedError
from hullmark.store.advisory_file import Advisories, Listed
from tests.advisories.mirrors import archive, mirror, record
from tests.advisories.served import Server

EARLY, LATE = "2026-01-02T03:04:05Z", "2026-02-01T00:00:00.123456Z"
ZIP, LIST = "PyPI/all.zip", "PyPI/modified_id.csv"


@pytest.fixture(autouse=True)
def no_pause(monkeypatch):
    monkeypatch.setattr(client, "PAUSE_S", 0.0)


@pytest.fixture
def path(tmp_path):
    return f"{tmp_path}/data/advisories.db"


@pytest.fixture
def folder(tmp_path):
    made = mirror(tmp_path / "mirror", PyPI=b"")
    offer(made, *(record(f"X-{number}") for number in range(100)))
    (made / "ecosystems.txt").write_text("PyPI\n")
    for each in (made / "overlays").iterdir():
        each.unlink()
    return made


@pytest.fixture
def server(folder):
    with closing(Server(folder)) as server:
        yield server


def offer(folder, *records):
    """The archive, the records and their list, as OSV.dev has them."""
    for old in (folder / "PyPI").glob("X-*.json"):
        old.unlink()
    (folder / ZIP).write_bytes(archive(*records))
    for each in records:
        (folder / f"PyPI/{each['id']}.json").write_text(json.dumps(each))
    newest = sorted(records, key=lambda each: each["modified"], reverse=True)
    lines = [f"{each['modified']},{each['id']}\n" for each in newest]
    (folder / LIST).write_text("".join(lines))


def brought(path, server, **options):
    server.asked.clear()
    return update(path, Web(server.url, f"{path}.parts", **options))


def fetched(server):
    return [each.partition(" ")[2] for each in server.asked if each.startswith("GET PyPI/")]


def content(path):
    with Advisories.open(path) as known:
        return {id: known.record(id).modified for id in known.ids("PyPI")}


def parts(path):
    return sorted(name.rpartition(".")[2] for name in os.listdir(f"{path}.parts"))


def test_only_records_that_changed_are_fetched(path, server, folder):
    brought(path, server)
    assert fetched(server) == [ZIP]
    kept = [record(f"X-{number}") for number in range(2, 100)]
    offer(folder, record("X-0", modified=LATE), *kept, record("X-100", modified=LATE))
    assert brought(path, server).changed == ("PyPI",)
    wanted = ["PyPI/X-0.json", "PyPI/X-1.json", "PyPI/X-100.json", LIST]
    assert sorted(fetched(server)) == wanted
    assert content(path).keys() == {"X-0", "X-100", *(each["id"] for each in kept)}
    assert content(path)["X-0"] == LATE
    assert brought(path, server).same == ("PyPI",)
    assert fetched(server) == [LIST]
    fresh = f"{path}.fresh/advisories.db"
    brought(fresh, server)
    assert content(fresh) == content(path)


@pytest.mark.skipif(not shutil.which("openssl"), reason="OpenSSL is not here")
def test_over_tls_too_and_only_with_a_certificate_to_trust(path, folder, tmp_path):
    key, certificate, both = (str(tmp_path / name) for name in ("key", "certificate", "both"))
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=mirror", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run(
        [*command, "-keyout", key, "-out", certificate], check=True, stderr=subprocess.DEVNULL
    )
    Path(both).write_text(Path(key).read_text() + Path(certificate).read_text())
    with closing(Server(folder, both)) as server:
        brought(path, server, ca_file=certificate)
        offer(folder, record("X-0", modified=LATE), *(record(f"X-{n}") for n in range(1, 100)))
        brought(path, server, ca_file=certificate)
        assert sorted(fetched(server)) == ["PyPI/X-0.json", LIST]
        with pytest.raises(FeedError, match="has no certificate to trust"):
            brought(path, server)
    assert content(path)["X-0"] == LATE


def test_what_the_server_calls_the_same_is_not_looked_into(path, server):
    brought(path, server)
    assert brought(path, server).same == ("PyPI",)
    assert fetched(server) == []


def test_withdrawn_and_missing_records_go(path, server, folder):
    brought(path, server)
    withdrawn = record("X-0", modified=LATE, withdrawn=LATE)
    others = [record(f"X-{number}") for number in range(2, 100)]
    offer(folder, withdrawn, *others)
    brought(path, server)
    assert content(path).keys() == {each["id"] for each in others}
    brought(path, server)
    assert fetched(server) == [LIST]


def test_of_records_that_are_listed_and_not_there_the_archive_tells(path, server, folder):
    brought(path, server)
    offer(folder, *(record(f"X-{number}", modified=LATE) for number in range(3)))
    for each in (folder / "PyPI").glob("X-*.json"):
        each.unlink()
    lines = [f"{EARLY},X-{number}\n" for number in range(3, 100)]
    (folder / LIST).write_text((folder / LIST).read_text() + "".join(lines))
    brought(path, server)
    assert ZIP in fetched(server)
    assert content(path) == {f"X-{number}": LATE for number in range(3)}


def test_a_record_that_is_not_listed_and_still_there_stays(path, server, folder):
    brought(path, server)
    lines = (folder / LIST).read_text().splitlines(keepends=True)
    (folder / LIST).write_text("".join(lines[:-1]))
    (folder / ZIP).write_bytes(b"other")
    assert brought(path, server).same == ("PyPI",)
    assert len(fetched(server)) == 2
    assert len(content(path)) == 100


def test_files_that_no_record_can_have_are_gone_without_asking():
    known = {"../X-1.json": Listed(1, 1, "X-1", EARLY), "X-2": Listed(1, 1, "X-2", EARLY)}
    assert difference(known, {}).gone == ("../X-1.json", "X-2")
    assert difference(known, {}).unlisted == ()


def test_many_changes_are_fetched_as_an_archive(path, server, folder):
    brought(path, server)
    offer(folder, *(record(f"X-{number}", modified=LATE) for number in range(100)))
    brought(path, server)
    assert fetched(server) == [LIST, ZIP]
    assert set(content(path).values()) == {LATE}


def test_a_list_that_lost_most_of_its_records_empties_nothing(path, server, folder):
    brought(path, server)
    (folder / LIST).write_text("")
    (folder / ZIP).write_bytes(b"cut")
    with pytest.raises(FeedError, match="not a zip archive"):
        brought(path, server)
    assert len(content(path)) == 100


def test_archives_are_fetched_whole_now_and_then_and_when_asked(path, server, folder, monkeypatch):
    brought(path, server)
    offer(folder, *(record(f"X-{number}") for number in range(99)), record("X-99", modified=LATE))
    brought(path, server, whole=True)
    assert fetched(server) == [ZIP]
    offer(folder, *(record(f"X-{number}") for number in range(100)))

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz or UTC) + timedelta(days=web.WHOLE_DAYS)

    monkeypatch.setattr(web, "datetime", Later)
    brought(path, server)
    assert fetched(server) == [ZIP]


def test_a_mirror_without_a_list_is_fetched_whole(path, server, folder):
    brought(path, server)
    (folder / LIST).unlink()
    (folder / ZIP).write_bytes(archive(record("X-7")))
    brought(path, server)
    assert list(content(path)) == ["X-7"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("2026-02-01T00:00:00Z,../../etc/passwd", "line 2: no time and id"),
        ("2026-02-01T00:00:00Z,X-1/../X-2", "line 2: no time and id"),
        ("2026-02-01T00:00:00Z,X-1\0", "line 2: no time and id"),
        ("yesterday,X-1", "line 2: no time and id"),
        ("", "line 2: no time and id"),
        ("2026-02-01T00:00:00Z,", "line 2: no time and id"),
        ("2026-02-01T00:00:00Z,X-" + "1" * 300, "line 2: no time and id"),
        ("2026-02-01T00:00:00Z,X-\udcff", "is no text"),
    ],
)
def test_a_hostile_list_is_refused(path, server, folder, line, why):
    brought(path, server)
    text = f"2026-02-01T00:00:00Z,X-1\n{line}\n2026-02-01T00:00:00Z,X-2\n"
    (folder / LIST).write_bytes(text.encode(errors="surrogateescape"))
    (folder / ZIP).write_bytes(b"other")
    with pytest.raises(FeedError, match=f"modified_id.csv.*{why}"):
        brought(path, server)
    assert len(content(path)) == 100


def test_lists_are_bounded(monkeypatch):
    monkeypatch.setattr(incremental, "MAX_RECORDS", 2)
    with pytest.raises(FeedError, match="more than 2 lines"):
        listed(b"2026-01-01T00:00:00Z,A\n" * 3, "list")
    monkeypatch.setattr(incremental, "MAX_LIST_BYTES", 10)
    with pytest.raises(FeedError, match="more than 10 bytes"):
        listed(b"2026-01-01T00:00:00Z,A\n", "list")


def test_of_a_record_that_is_listed_twice_the_newest_counts():
    told = listed(b"2026-01-01T00:00:09Z,A\r\n2026-01-01T00:00:07.5+00:00,A\n", "list")
    assert told == {"A": "2026-01-01T00:00:09"}
    known = {"A.json": Listed(1, 1, "A", "2026-01-01T00:00:09.5Z")}
    assert difference(known, told).changed == ()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (json.dumps(record("X-1")), r"X-0.json: is record X-1"),
        ("{", r"X-0.json: no OSV record"),
        ("", r"X-0.json: no OSV record"),
    ],
)
def test_a_record_that_is_not_the_one_listed_is_refused(path, server, folder, data, why):
    brought(path, server)
    offer(folder, record("X-0", modified=LATE), *(record(f"X-{n}") for n in range(1, 100)))
    (folder / "PyPI/X-0.json").write_text(data)
    with pytest.raises(FeedError, match=why):
        brought(path, server)
    assert content(path)["X-0"] == EARLY


def test_all_changed_records_together_are_bounded(path, server, folder, monkeypatch):
    brought(path, server)
    offer(folder, record("X-0", modified=LATE), *(record(f"X-{n}") for n in range(1, 100)))
    monkeypatch.setattr(web, "MAX_CHANGES_BYTES", 100)
    with pytest.raises(FeedError, match="more than 100 bytes of changed records"):
        brought(path, server)


def whole(path):
    """Whether a download came to its end."""
    states = [each.path for each in os.scandir(f"{path}.parts") if each.name.endswith(".state")]
    return any('"whole":true' in Path(each).read_text() for each in states)


def cut(data, count, **headers):
    """A whole file, of which only so many bytes come."""
    state = f'"{sha256(data).hexdigest()}"'
    return 200, {"ETag": state, "Content-Length": str(len(data))} | headers, data[:count]


def test_a_download_that_broke_goes_on_where_it_broke(path, server, folder):
    data = (folder / ZIP).read_bytes()
    server.answers[ZIP] = [cut(data, 1000)]
    brought(path, server)
    assert server.ranges == [1000]
    assert len(content(path)) == 100
    assert parts(path) == []


def test_what_one_update_did_not_bring_to_an_end_the_next_does(path, server, folder):
    data = (folder / ZIP).read_bytes()
    server.answers[ZIP] = [cut(data, 1000), *[(503, {}, b"")] * 3]
    with pytest.raises(FeedError, match=r"all.zip: answers 503"):
        brought(path, server)
    assert parts(path) == ["part", "state"]
    brought(path, server)
    assert server.ranges == [1000]
    assert len(content(path)) == 100
    assert parts(path) == []


def test_what_came_whole_is_kept_until_the_rest_comes(path, server, folder):
    (folder / "npm").mkdir()
    (folder / "ecosystems.txt").write_text("PyPI\nnpm\n")

    def after_the_other():
        while not whole(path):
            time.sleep(0.01)
        return 404, {}, b""

    server.slow["npm/all.zip"] = after_the_other
    with pytest.raises(FeedError, match=r"npm/all.zip: answers 404"):
        brought(path, server)
    (folder / "npm/all.zip").write_bytes(archive(record("N-1")))
    server.slow.clear()
    server.sent.clear()
    brought(path, server)
    assert (ZIP, 200) not in server.sent
    assert len(content(path)) == 100


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"Content-Range": "bytes 900-{last}/{size}"}, "another range"),
        ({"Content-Range": "bytes 1000-{last}/*"}, "another range"),
        ({"Content-Range": "bytes 1000-1200/{size}"}, "another range"),
        ({}, "another range"),
        ({"Content-Range": "bytes 1000-{last}/{size}", "ETag": '"other"'}, "another range"),
        ({"Content-Range": "bytes 1000-99999/100000"}, "the range that it says"),
    ],
)
def test_a_wrong_range_is_refused_and_forgotten(path, server, folder, told, why):
    data = (folder / ZIP).read_bytes()
    told = {key: text.format(last=len(data) - 1, size=len(data)) for key, text in told.items()}
    server.answers[ZIP] = [cut(data, 1000), (206, told, data[1000:])]
    with pytest.raises(FeedError, match=why):
        brought(path, server)
    server.ranges.clear()
    brought(path, server)
    assert server.ranges == []
    assert len(content(path)) == 100


def test_a_file_that_changed_meanwhile_is_fetched_anew(path, server, folder):
    other = archive(*(record(f"X-{number}", "a" * 50) for number in range(90)))
    server.answers[ZIP] = [cut(other, 1000)]
    brought(path, server)
    assert server.ranges == []
    assert len(content(path)) == 100


def test_a_server_that_forgot_its_own_ranges_is_asked_for_all(path, server, folder):
    data = (folder / ZIP).read_bytes()
    server.answers[ZIP] = [cut(data, 1000), (416, {}, b"")]
    brought(path, server)
    assert len(content(path)) == 100


def test_without_a_strong_state_nothing_is_taken_up(path, server, folder):
    data = (folder / ZIP).read_bytes()
    server.answers[ZIP] = [cut(data, 1000, ETag='W/"1"'), cut(data, 1000, ETag="x" * 300)]
    brought(path, server)
    assert server.ranges == []
    assert len(content(path)) == 100


def test_a_partial_download_of_other_bytes_is_refused_and_forgotten(path, server, folder):
    data = (folder / ZIP).read_bytes()
    server.answers[ZIP] = [cut(data, 1000), *[(503, {}, b"")] * 3]
    with pytest.raises(FeedError):
        brought(path, server)
    (part,) = (each for each in os.scandir(f"{path}.parts") if each.name.endswith(".part"))
    with open(part.path, "r+b") as file:
        file.write(b"\0" * 1000)
    with pytest.raises(FeedError, match=r"all.zip: X-\d+.json"):
        brought(path, server)
    assert parts(path) == []
    brought(path, server)
    assert len(content(path)) == 100


def test_partial_downloads_that_nobody_took_up_are_removed(path, server):
    os.makedirs(f"{path}.parts")
    old = f"{path}.parts/{'a' * 40}.part"
    for name in (old, f"{path}.parts/mine.part"):
        with open(name, "wb"):
            os.utime(name, (0, (datetime.now(UTC) - timedelta(days=KEPT_DAYS + 1)).timestamp()))
    brought(path, server)
    assert os.listdir(f"{path}.parts") == ["mine.part"]


def test_progress_tells_bytes_and_how_many_there_will_be(path, server, folder):
    told = []
    brought(path, server, progress=lambda *each: told.append(each))
    size = (folder / ZIP).stat().st_size
    assert sum(count for count, _ in told) == size
    assert told[-1][1] == size


def test_a_server_that_asks_for_time_gets_it(path, server, monkeypatch):
    waited = []
    monkeypatch.setattr(client, "MAX_PAUSE_S", 0.01)
    monkeypatch.setattr(client, "retry_after", lambda value, _: waited.append(value) or 5.0)
    server.answers[ZIP] = [(503, {"Retry-After": "5"}, b"")]
    brought(path, server)
    assert waited == ["5"]
