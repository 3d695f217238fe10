import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest
from msgspec.structs import replace

from hullmark.model import FeedError, StoreError
from hullmark.model.advisory import Advisory, Affected, Range
from hullmark.store.advisory_feeds import Feed, feeds
from hullmark.store.advisory_file import Advisories, EcosystemState, Kev, Listed
from hullmark.store.advisory_writer import locked, writing

OAK = Affected("PyPI", "Oak.Tree", (Range("ECOSYSTEM", (("introduced", "0"), ("fixed", "2"))),))
ELM = Affected("Debian:12", "elm", status="unfixed")
FIRST = Advisory(
    id="X-1",
    modified="2026-01-02T03:04:05Z",
    aliases=("CVE-2026-0001",),
    upstream=("CVE-2026-0002",),
    affected=(OAK, ELM, OAK),
)


@pytest.fixture
def path(tmp_path):
    return f"{tmp_path}/data/advisories.db"


def changed(path, *steps):
    with locked(path), writing(path) as writer:
        for step in steps:
            step(writer)


def put(advisory, *, new=True):
    return lambda writer: writer.put(advisory, new=new)


def feed(name="PyPI", listing=None):
    listing = listing or {"X-1.json": Listed(1, 2, "X-1", FIRST.modified)}
    one = Feed(name=name, origin="o", imported="i", dated="d", sha256="s", records=1)
    return lambda writer: writer.set_feed(one, listing)


def test_a_package_is_found_by_its_normalised_name_with_every_entry(path):
    changed(path, put(FIRST))
    with Advisories.open(path) as known:
        assert known.affecting("PyPI", "oak_tree") == [("X-1", OAK), ("X-1", OAK)]
        assert known.affecting("Debian:12", "elm") == [("X-1", ELM)]
        assert known.affecting("Debian:12", "Elm") == []
        assert known.affecting("Debian:11", "elm") == []
        assert known.record("X-1") == FIRST
        assert known.named("CVE-2026-0002") == known.named("X-1") == ["X-1"]
        one = EcosystemState(records=1, newest=FIRST.modified)
        assert known.ecosystems() == {"Debian:12": one, "PyPI": one}
        with pytest.raises(FeedError, match="X-2: no record"):
            known.record("X-2")


def test_a_newer_state_takes_the_place_of_the_old_one(path):
    newer = Advisory(id="X-1", modified="2026-02-02T03:04:05Z", affected=(ELM,))
    changed(path, put(FIRST), feed())
    changed(path, put(newer, new=False))
    with Advisories.open(path) as known:
        assert known.affecting("PyPI", "oak-tree") == []
        assert known.affecting("Debian:12", "elm") == [("X-1", ELM)]
        assert known.named("CVE-2026-0001") == []
        state = EcosystemState(records=1, newest=newer.modified)
        assert known.ecosystems() == {"Debian:12": state}


def test_a_record_of_two_feeds_goes_with_the_last_and_stays_the_newer(path):
    older = Advisory(id="X-1", modified="2025-01-01T00:00:00Z")
    changed(path, put(FIRST), put(older), feed())
    with Advisories.open(path) as known:
        assert known.record("X-1") == FIRST
    changed(path, lambda writer: writer.let_go("X-1"))
    with Advisories.open(path) as known:
        assert known.record("X-1") == FIRST
    changed(path, lambda writer: writer.let_go("X-1"))
    with Advisories.open(path) as known:
        assert known.named("X-1") == []
        assert known.ecosystems() == {}


def test_overlays_are_looked_up_by_cve(path):
    kev = Kev(added="2026-01-01", ransomware=True)
    changed(
        path,
        lambda writer: writer.set_exploited([("CVE-1", kev)]),
        lambda writer: writer.set_epss([("CVE-1", 0.25, 0.5)]),
        lambda writer: writer.set_cvss([("CVE-1", "CVSS:3.1/AV:N")]),
    )
    with Advisories.open(path) as known:
        assert known.exploited("CVE-1") == kev
        assert known.epss("CVE-1") == (0.25, 0.5)
        assert known.cvss("CVE-1") == "CVSS:3.1/AV:N"
        assert known.exploited("CVE-2") is known.epss("CVE-2") is None
        assert known.cvss("CVE-2") == ""


def test_a_missing_file_and_one_of_another_kind_are_refused(path, tmp_path):
    with pytest.raises(FeedError, match="no advisories are on hand"):
        Advisories.open(path)
    other = tmp_path / "other.db"
    other.write_bytes(b"")
    with pytest.raises(FeedError, match="of another form"):
        Advisories.open(str(other))
    other.write_bytes(b"nothing" * 1000)
    with pytest.raises(FeedError, match="cannot be read"):
        Advisories.open(str(other))


def test_what_fails_halfway_leaves_the_old_file(path):
    changed(path, put(FIRST), feed())
    before = Path(path).read_bytes()
    with suppress(ZeroDivisionError):
        changed(path, lambda writer: writer.let_go("X-1"), lambda _: 1 / 0)
    assert Path(path).read_bytes() == before
    assert feeds(path)["PyPI"].sha256 == "s"


def test_a_reader_keeps_what_it_opened(path):
    changed(path, put(FIRST), feed())
    with Advisories.open(path) as known:
        changed(path, lambda writer: writer.let_go("X-1"))
        assert known.record("X-1") == FIRST
    with Advisories.open(path) as known:
        assert known.named("X-1") == []


def test_an_ecosystem_is_covered_by_what_was_imported_for_it_and_no_newer(path):
    both = Advisory(id="X-1", modified="2026-02-02T03:04:05Z", affected=(OAK, ELM))
    changed(path, put(both), feed("feed:osv:ours"))
    with Advisories.open(path) as known:
        assert known.covered() == {}
    listing = {"X-1.json": Listed(1, 2, "X-1", both.modified)}
    one = Feed(name="PyPI", origin="o", imported="i", dated="2026-01", sha256="s", records=1)
    changed(path, lambda writer: writer.set_feed(one, listing))
    with Advisories.open(path) as known:
        assert known.covered() == {"PyPI": EcosystemState(records=1, newest="2026-01")}
    tracker = replace(one, name="feed:debian-tracker:ours", dated="2026-03")
    changed(path, lambda writer: writer.set_feed(tracker, listing))
    with Advisories.open(path) as known:
        assert known.covered()["Debian:12"].newest == both.modified


@pytest.mark.parametrize(
    "spoilt",
    [
        "UPDATE record SET body = x'00'",
        "UPDATE feed SET listing = x'00'",
        "UPDATE ecosystem SET name = CAST(x'ff' AS TEXT) WHERE number = 1",
        "UPDATE exploited SET entry = x'c1'",
    ],
)
def test_whatever_is_damaged_is_refused_by_all_who_read_it(path, spoilt):
    kev = Kev(added="2026-01-01")
    changed(path, put(FIRST), feed(), lambda writer: writer.set_exploited([("CVE-2026-1", kev)]))
    with closing(sqlite3.connect(path)) as rows, rows:
        rows.execute(spoilt)
    with pytest.raises((FeedError, StoreError), match=f"{path}: (cannot be|is damaged)"):
        everything(path)


def everything(path):
    """Read all that there is, and take it out."""
    with writing(path) as writer:
        writer.let_go("X-1")
        writer.remove("PyPI")
        with Advisories.open(path) as known:
            list(known.all_exploited())


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path):
    path = tmp_path / "advisories.db"
    path.mkdir()
    with pytest.raises(FeedError, match=f"{path}: is damaged, delete it and update again"):
        feeds(str(path))
