from contextlib import closing

import pytest

from hullmark.advisories import client, web
from hullmark.advisories.export import export
from hullmark.advisories.update import update
from hullmark.advisories.web import Web
from hullmark.model import FeedError
from hullmark.store.advisory_file import Advisories
from tests.advisories.mirrors import archive, mirror, record
from tests.advisories.served import Server


@pytest.fixture(autouse=True)
def no_pause(monkeypatch):
    monkeypatch.setattr(client, "PAUSE_S", 0.0)


@pytest.fixture
def path(tmp_path):
    return f"{tmp_path}/data/advisories.db"


@pytest.fixture
def folder(tmp_path):
    made = mirror(tmp_path / "mirror", PyPI=archive(record("X-1")), npm=archive(record("N-1")))
    (made / "ecosystems.txt").write_text("PyPI\nnpm\n../etc\n\n")
    (made / "overlays/epss_scores-2026-01-04.csv.gz").unlink()
    return made


@pytest.fixture
def server(folder):
    with closing(Server(folder)) as server:
        yield server


def brought(path, server, *ecosystems, **options):
    return update(path, Web(server.url, f"{path}.parts", **options), ecosystems)


def ids(path, feed="PyPI"):
    with Advisories.open(path) as known:
        return known.ids(feed)


def test_a_mirror_without_a_manifest_tells_its_ecosystems_in_a_list(path, server):
    assert brought(path, server).changed == ("PyPI", "npm", "KEV", "CVSS")
    assert ids(path) == ["X-1"]


def test_what_the_server_calls_the_same_is_not_sent_again(path, server, folder):
    brought(path, server)
    mirror(folder, PyPI=archive(record("X-1"), record("X-2")))
    (folder / "overlays/epss_scores-2026-01-04.csv.gz").unlink()
    done = brought(path, server)
    assert done.changed == ("PyPI",)
    assert done.same == ("npm", "KEV", "CVSS")
    assert ids(path) == ["X-1", "X-2"]


def test_a_manifest_spares_what_it_calls_the_same_and_binds_the_rest(
    path, server, folder, tmp_path
):
    brought(path, server)
    copy = tmp_path / "copy"
    with Advisories.open(path) as known:
        export(known, str(copy))
    with closing(Server(copy)) as other:
        brought(path, other)
        other.asked.clear()
        assert brought(path, other).changed == ()
        assert other.asked == ["GET hullmark-manifest.json"]
        (copy / "PyPI/all.zip").write_bytes(archive(record("X-9")))
        with pytest.raises(FeedError, match=r"PyPI/all.zip: is not the file that"):
            brought(f"{tmp_path}/new/advisories.db", other)


def test_an_ecosystem_is_fetched_alone(path, server):
    brought(path, server, "npm")
    assert "GET PyPI/all.zip" not in server.asked
    assert ids(path, "npm") == ["N-1"]


def test_a_busy_server_is_asked_again_and_one_that_stays_busy_refused(path, server):
    server.answers["PyPI/all.zip"] = [(503, {}, b""), (503, {}, b"")]
    brought(path, server)
    assert ids(path) == ["X-1"]
    server.answers["PyPI/all.zip"] = [(503, {}, b"")] * 3
    with pytest.raises(FeedError, match=r"PyPI/all.zip: answers 503"):
        brought(path, server, whole=True)


def test_redirects_are_followed_but_not_for_ever(path, server):
    server.answers["npm/all.zip"] = [(302, {"Location": "/PyPI/all.zip"}, b"")]
    brought(path, server)
    assert ids(path, "npm") == ["X-1"]
    server.answers["npm/all.zip"] = [(302, {"Location": "/npm/all.zip"}, b"")] * 9
    with pytest.raises(FeedError, match="leads on more than 4 times"):
        brought(path, server, whole=True)


def test_nobody_leads_to_what_is_asked_in_the_clear_beyond_this_machine(path, server):
    server.answers["npm/all.zip"] = [(302, {"Location": "http://mirror.invalid/all.zip"}, b"")]
    with pytest.raises(FeedError, match=r"http://mirror.invalid/all.zip: .* over https alone"):
        brought(path, server)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ((404, {}, b""), "answers 404"),
        ((200, {"Content-Length": "1000"}, b"PK"), "broke off"),
        ((200, {}, b"a" * 100_001), "more than 100000 bytes"),
        ((200, {}, b"a" * 99_999), "not a zip archive"),
    ],
)
def test_what_does_not_come_whole_is_refused_and_the_old_data_stays(
    path, server, monkeypatch, answer, why
):
    brought(path, server)
    monkeypatch.setattr(web, "MAX_FILE_BYTES", 100_000)
    server.answers["PyPI/all.zip"] = [answer] * 3
    with pytest.raises(FeedError, match=rf"PyPI/all.zip: {why}"):
        brought(path, server, whole=True)
    assert ids(path) == ["X-1"]


def test_nothing_is_asked_in_the_clear_beyond_this_machine(tmp_path):
    with pytest.raises(FeedError, match="over https alone"):
        Web("http://example.org/mirror", str(tmp_path))
    with pytest.raises(FeedError, match="is no HTTP address"):
        Web("ftp://example.org/mirror", str(tmp_path))


def test_a_server_that_has_nothing_is_refused(path, server, folder):
    (folder / "ecosystems.txt").unlink()
    with pytest.raises(FeedError, match=r"neither hullmark-manifest.json nor ecosystems.txt"):
        brought(path, server)


def test_the_first_mirror_is_osv_dev(tmp_path):
    with closing(Web(web.OSV_DEV, str(tmp_path))) as origin:
        offered = origin.offered()
        assert offered["Rocky Linux"] == "Rocky Linux/all.zip"
        assert offered["KEV"].startswith("https://www.cisa.gov/")
        assert origin._place("Rocky Linux/all.zip") == f"{web.OSV_DEV}/Rocky%20Linux/all.zip"
