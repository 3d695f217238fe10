import bz2
import gzip
import io
import json
import lzma
import os
import tarfile
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
import zstandard
from msgspec.structs import replace

from hullmark.advisories import archive as zip_archive
from hullmark.advisories import bringing, taking, unpacking
from hullmark.advisories.bringing import PUBLISHER, Wish, bring, remove
from hullmark.advisories.export import export
from hullmark.advisories.mirror import Folder
from hullmark.advisories.unread import unread
from hullmark.advisories.update import update
from hullmark.feeds.alpine_secdb import alpine_secdb
from hullmark.feeds.amazon_updateinfo import amazon_updateinfo
from hullmark.feeds.osv import osv
from hullmark.model import FeedError
from hullmark.model.advisory import Advisory, Affected
from hullmark.store import advisory_writer
from hullmark.store.advisory_file import Advisories
from tests.advisories.mirrors import archive, mirror, record
from tests.advisories.served import Server


@pytest.fixture
def path(tmp_path):
    return f"{tmp_path}/data/advisories.db"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "ours"
    made.mkdir()
    return made


def put(folder, **records):
    """A document for each name, of these records."""
    for name, told in records.items():
        (folder / f"{name}.json").write_text(json.dumps(told))
    return folder


def brought(path, where="", unit=osv, name="ours"):
    return bring(path, [Wish(unit=unit, name=name, where=str(where))])


def ids(path, feed="feed:osv:ours"):
    with Advisories.open(path) as known:
        return sorted(set(known.ids(feed)))


def held(path):
    with Advisories.open(path) as known:
        return sorted(each.id for each in known.records())


def zipped(*names, method=ZIP_DEFLATED):
    out = io.BytesIO()
    with ZipFile(out, "w", method) as made:
        for name in names:
            made.writestr(name, json.dumps(record(f"X-{name[-6]}")))
    return out.getvalue()


def tarred(*names):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as made:
        for name in names:
            data = json.dumps(record(f"X-{name[-6]}")).encode()
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            made.addfile(entry, io.BytesIO(data))
    return out.getvalue()


ONE = json.dumps(record("X-1")).encode()
NAMES = ("a/1.json", "a/2.json", "notes/3.text", ".github/4.json")


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("1.json", ONE, ["X-1"]),
        ("one\nline.json", ONE, ["X-1"]),
        ("1.json.gz", gzip.compress(ONE), ["X-1"]),
        ("1.json.bz2", bz2.compress(ONE), ["X-1"]),
        ("1.json.xz", lzma.compress(ONE) + lzma.compress(b" \n"), ["X-1"]),
        ("1.json.zst", zstandard.compress(ONE), ["X-1"]),
        ("all.zip", zipped(*NAMES), ["X-1", "X-2"]),
        ("all.zip", zipped("a/3.JSON", method=ZIP_STORED), ["X-3"]),
        ("all.tar", tarred(*NAMES), ["X-1", "X-2"]),
        ("all.tgz", gzip.compress(tarred(*NAMES)), ["X-1", "X-2"]),
        ("all.tar.xz", lzma.compress(tarred(*NAMES)), ["X-1", "X-2"]),
        ("all.tar.zst", zstandard.compress(tarred(*NAMES)), ["X-1", "X-2"]),
    ],
)
def test_documents_come_packed_in_many_ways(path, folder, name, data, found):
    (folder / name).write_bytes(data)
    assert brought(path, folder / name).changed == ("feed:osv:ours",)
    assert ids(path) == found
    assert brought(path, folder).changed == ("feed:osv:ours",)
    assert ids(path) == found


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("1.json.gz", gzip.compress(ONE)[:-20], "is cut short"),
        ("1.json.gz", b"\x1f\x8b" + b"\xff" * 40, "cannot be"),
        ("1.json.bz2", bz2.compress(ONE)[:-5], "is cut short"),
        ("1.json.xz", lzma.compress(ONE)[:-5], "is cut short"),
        ("1.json.xz", b"\xfd7zXZ\0" + b"\xff" * 40, "cannot be unpacked"),
        ("1.json.zst", zstandard.compress(ONE)[:-5], "is cut short"),
        ("all.zip", zipped(*NAMES)[:-5], "not a zip archive"),
        ("all.zip", zipped("a/1.json", method=ZIP_BZIP2), "packed by method 12"),
        ("all.zip", zipped("a/1.json", method=ZIP_STORED).replace(b"oak", b"elm"), "not the bytes"),
        ("all.tar", tarred(*NAMES)[:700], "is cut short"),
        ("all.tar", tarred("a/1.json", "a/1.json"), "a second document of this name"),
        ("1.json", b"[" + ONE + b"," + ONE + b"]", "a second record of id 'X-1'"),
        ("1.json", b"{}", "no OSV record"),
    ],
)
def test_what_is_broken_is_refused_and_the_old_data_stays(path, folder, name, data, why):
    brought(path, put(folder, old=record("X-9")))
    (folder / name).write_bytes(data)
    with pytest.raises(FeedError, match=why) as refused:
        brought(path, folder)
    assert refused.value.place.startswith(str(folder))
    assert held(path) == ["X-9"]


def test_of_many_documents_a_few_that_cannot_be_read_are_left_out_and_told(
    path, folder, monkeypatch
):
    def left_out():
        with Advisories.open(path) as known:
            return known.left_out()

    monkeypatch.setattr(taking, "DOCUMENTS_FOR_ONE", 3)
    brought(path, put(folder, **{f"d{n}": record(f"X-{n}") for n in range(3)}))
    (folder / "d1.json").write_text("{")
    where = f"{folder}/d1.json: no OSV record: input data was truncated"
    assert brought(path).left_out == {"feed:osv:ours": (where,)}
    assert (ids(path), left_out()) == (["X-0", "X-1", "X-2"], {"feed:osv:ours": [where]})
    with Advisories.open(path) as known:
        (gap,) = unread(known.left_out(), ["PyPI"])
    assert (gap.subject, gap.why) == ("feed:osv:ours", f"1 document could not be read: {where}")
    assert brought(path).same == ("feed:osv:ours",)
    (folder / "d2.json").write_text("{")
    with pytest.raises(FeedError, match=r"d2\.json: no OSV record"):
        brought(path)
    put(folder, d1=record("X-9"), d2=record("X-2"))
    assert brought(path).left_out == {"feed:osv:ours": ()}
    assert (ids(path), left_out()) == (["X-0", "X-2", "X-9"], {})
    (folder / "d2.json").write_text("{")
    brought(path)
    remove(path, ["feed:osv:ours"])
    assert left_out() == {}


def test_documents_left_out_are_a_gap_of_what_their_feed_tells():
    left_out = {"feed:csaf-redhat": [f"{n}.json: why" for n in range(5)]}
    assert not list(unread(left_out, ["npm", "Debian:12"]))
    (gap,) = unread(left_out, ["Red Hat:enterprise_linux:9"])
    named = "0.json: why; 1.json: why; 2.json: why and 2 more"
    assert gap.why == f"5 documents could not be read: {named}"


def test_directories_of_archives_are_bounded_and_have_room_for_githubs(path, folder, monkeypatch):
    assert zip_archive.MAX_DIRECTORY_BYTES > 500_000 * (46 + 110 + 46 + 90)
    (folder / "all.zip").write_bytes(zipped("1.json", "2.json"))
    monkeypatch.setattr(zip_archive, "MAX_DIRECTORY_BYTES", 100)
    with pytest.raises(FeedError, match=r"all\.zip: the directory of the archive is not where"):
        brought(path, folder)
    monkeypatch.setattr(zip_archive, "MAX_DIRECTORY_BYTES", 104)
    brought(path, folder)


def test_what_is_absurd_is_refused(path, folder, monkeypatch):
    (folder / "all.zip").write_bytes(zipped("1.json", "2.json"))
    monkeypatch.setattr(unpacking, "MAX_DOCUMENT_BYTES", 20)
    with pytest.raises(FeedError, match=r"all\.zip: 1\.json: a record of more than 20"):
        brought(path, folder)
    monkeypatch.undo()
    for budget in (unpacking.Budget("x", 1), unpacking.Budget("x", 9, 100)):
        with (
            (folder / "all.zip").open("rb") as file,
            pytest.raises(FeedError, match=r"x: .*more"),
        ):
            list(unpacking.unpacked(unpacking.Window(file.fileno()), "x", budget))


def test_no_link_is_followed_and_nothing_hidden_read(path, folder, tmp_path):
    put(folder, one=record("X-1"))
    elsewhere = put(tmp_path, two=record("X-2"))
    (folder / "two.json").symlink_to(elsewhere / "two.json")
    (folder / "up").symlink_to(tmp_path)
    (folder / ".git").mkdir()
    put(folder / ".git", three=record("X-3"))
    (folder / "deep/er").mkdir(parents=True)
    put(folder / "deep/er", four=record("X-4"))
    brought(path, folder)
    assert ids(path) == ["X-1", "X-4"]


def test_a_place_without_documents_is_refused(path, folder):
    with pytest.raises(FeedError, match="no documents of osv are here"):
        brought(path, folder)
    with pytest.raises(FeedError, match="No such file"):
        brought(path, folder / "absent")
    with pytest.raises(FeedError, match="where its documents are is not told"):
        brought(path)


def reading(read):
    """A unit like osv, and what it was given to read."""
    seen = []

    def watched(file):
        seen.append(file.name)
        return read(file)

    return replace(osv, read=watched), seen


def test_documents_that_are_the_same_are_not_read_again(path, folder):
    put(folder, one=record("X-1"), two=record("X-2"), three=[record("X-3"), record("X-4")])
    brought(path, folder)
    unit, seen = reading(osv.read)
    before = os.stat(path)
    assert brought(path, unit=unit).same == ("feed:osv:ours",)
    assert (seen, os.stat(path)) == ([], before)
    put(folder, three=[record("X-3"), record("X-5")])
    (folder / "one.json").unlink()
    assert brought(path, unit=unit).changed == ("feed:osv:ours",)
    assert seen == ["three.json"]
    assert ids(path) == held(path) == ["X-2", "X-3", "X-5"]
    brought(path, unit=replace(unit, version=2))
    assert sorted(seen) == ["three.json", "three.json", "two.json"]


def test_of_records_of_one_id_the_newest_counts_whatever_comes_and_goes(path, folder):
    def name():
        with Advisories.open(path) as known:
            return known.record("X-1").affected[0].name

    old, new = (f"2026-01-0{day}T00:00:00Z" for day in (1, 2))
    put(folder, a=record("X-1", "new", modified=new), b=record("X-1", "old", modified=old))
    brought(path, folder)
    assert name() == "new"
    (folder / "a.json").unlink()
    brought(path)
    assert name() == "old"
    put(folder, c=record("X-1", "newest", modified="2026-01-03T00:00:00Z"))
    brought(path)
    assert name() == "newest"
    put(folder, c=record("X-2"))
    brought(path)
    assert (name(), held(path)) == ("old", ["X-1", "X-2"])


def test_records_without_a_time_have_that_of_the_document_in_which_they_changed(path, folder):
    def secdb(at, **fixes):
        told = {"distroversion": "v3.20", "reponame": "main", "urlprefix": ""}
        packages = [{"pkg": {"name": "oak", "secfixes": {v: [k] for k, v in fixes.items()}}}]
        file = folder / "main.json"
        file.write_text(json.dumps(told | {"packages": packages}).replace("_", "-"))
        os.utime(file, (at, at))

    def times():
        with Advisories.open(path) as known:
            return {each.upstream[0]: each.modified for each in known.records()}

    secdb(0, CVE_2026_1="1-r0", CVE_2026_2="2-r0")
    brought(path, folder, alpine_secdb, "")
    secdb(86400, CVE_2026_1="1-r0", CVE_2026_2="2-r1")
    brought(path, "", alpine_secdb, "")
    assert times() == {"CVE-2026-1": "1970-01-01T00:00:00Z", "CVE-2026-2": "1970-01-02T00:00:00Z"}
    brought(path, folder / "main.json", alpine_secdb, "")
    assert times()["CVE-2026-2"] == "1970-01-02T00:00:00Z"


def test_private_sources_load_beside_public_ones_and_go_alone(path, folder, tmp_path):
    public = mirror(tmp_path / "mirror", PyPI=archive(record("X-1"), record("X-2")))
    update(path, Folder(str(public)))
    put(folder, ours=[record("X-2"), record("OURS-1")])
    bring(path, [Wish(unit=osv, name=name, where=str(folder)) for name in ("ours", "theirs")])
    assert held(path) == ["OURS-1", "X-1", "X-2"]
    remove(path, ["feed:osv:ours"])
    assert held(path) == ["OURS-1", "X-1", "X-2"]
    remove(path, ["feed:osv:theirs", "KEV"])
    assert held(path) == ["X-1", "X-2"]
    with Advisories.open(path) as known:
        assert set(known.feeds()) == {"CVSS", "EPSS", "PyPI"}
        assert known.exploited("CVE-2026-0001") is None
    with pytest.raises(FeedError, match="feed:osv:ours: is not on hand"):
        remove(path, ["feed:osv:ours"])


def test_what_a_feed_said_of_anothers_record_goes_with_it(path, folder, tmp_path):
    def name():
        with Advisories.open(path) as known:
            return known.record("X-1").affected[0].name

    newer = {"modified": "2026-03-01T00:00:00Z"}
    oaks = archive(record("X-1", "oak"))
    public = mirror(tmp_path / "mirror", PyPI=oaks, npm=oaks)
    update(path, Folder(str(public)))
    (tmp_path / "more").mkdir()
    bring(
        path,
        [Wish(unit=osv, name="more", where=str(put(tmp_path / "more", a=record("X-1", "elm"))))],
    )
    brought(path, put(folder, ours=record("X-1", "none", **newer)))
    assert name() == "none"
    remove(path, ["feed:osv:ours"])
    assert update(path, Folder(str(public))).changed[:2] == ("PyPI", "npm")
    assert name() == "oak"
    assert update(path, Folder(str(public))).changed == ()
    brought(path, put(folder, ours=record("X-1", "none", **newer)))
    put(folder, ours=record("X-2"))
    brought(path)
    assert bring(path, [Wish(unit=osv, name="more")]).changed == ("feed:osv:more",)
    assert name() == "elm"
    update(path, Folder(str(public)))
    remove(path, ["feed:osv:more", "npm", "PyPI"])
    assert held(path) == ["X-2"]


def test_an_exported_mirror_carries_feeds_along(path, folder, tmp_path):
    brought(path, put(folder, ours=[record("OURS-1"), record("OURS-2")]))
    (folder / "main.json").write_bytes(alpine_secdb.example.content)
    brought(path, folder / "main.json", alpine_secdb, "")
    copy, there = str(tmp_path / "copy"), str(tmp_path / "there/advisories.db")
    with Advisories.open(path) as known:
        assert export(known, copy) == 2
    for note in ("feeds/README.md", "feeds/osv/README.md"):
        (tmp_path / "copy" / note).write_text("what this is")
    names = ("feed:alpine-secdb", "feed:osv:ours")
    assert update(there, Folder(copy)).changed == names
    assert update(there, Folder(copy)).same == names
    with Advisories.open(path) as here, Advisories.open(there) as known:
        assert list(map(here.record, here.ids(names[0]))) == list(known.records())[:2]
    assert ids(there) == ["OURS-1", "OURS-2"]
    brought(there, put(folder, ours=[record("OURS-3")]) / "ours.json")
    assert ids(there) == ["OURS-3"]
    assert "OURS-1" not in held(there)


def test_few_records_that_came_first_are_packed_again_with_what_is_learnt(
    path, folder, monkeypatch
):
    brought(path, put(folder, ours=record("OURS-1")))
    monkeypatch.setattr(advisory_writer, "MIN_SAMPLE_BYTES", 1)
    monkeypatch.setattr(advisory_writer, "DICTIONARY_BYTES", 512)
    many = [record(f"X-{number}", summary=f"oak {number} falls " * 9) for number in range(900)]
    brought(path, put(folder, many=many) / "many.json", name="many")
    with Advisories.open(path) as known:
        assert list(known.rows("SELECT length(bytes) FROM dictionary")) == [(512,)]
        assert known.record("OURS-1").affected[0].name == "oak"
        assert known.record("X-899").summary.startswith("oak 899 falls")
    assert len(held(path)) == 901


def test_a_feed_that_makes_no_sound_records_is_refused(path, folder):
    put(folder, one=record("X-1"))
    for bad in (
        Advisory(id="a/b", modified=""),
        Advisory(id="A-1", modified="yesterday"),
        Advisory(id="A-1", modified="", affected=(Affected("npm", "a" * 2000),)),
        Advisory(id="A-1", modified="", summary="\ud800"),
    ):
        unit = replace(osv, read=lambda _, bad=bad: [bad])
        with pytest.raises(FeedError, match=r"one\.json: '.*': (no OSV record|holds what is no)"):
            brought(path, folder, unit)


def test_what_changes_while_it_is_read_is_refused(path, folder, monkeypatch):
    put(folder, one=record("X-1"))
    planned = bringing._planned

    def slowly(*arguments):
        plan = planned(*arguments)
        put(folder, one=record("X-2"))
        return plan

    monkeypatch.setattr(bringing, "_planned", slowly)
    with pytest.raises(FeedError, match="changed while it was read"):
        brought(path, folder)


@pytest.fixture
def server(folder):
    started = Server(folder)
    yield started
    started.close()


def test_a_publisher_is_asked_at_all_its_addresses(path, folder, server):
    put(folder, one=record("X-1"), two=record("X-2"))
    unit = replace(osv, addresses=(f"{server.url}/one.json", f"{server.url}/two.json"))
    brought(path, unit=unit)
    assert ids(path) == ["X-1", "X-2"]
    put(folder, two=record("X-3"))
    unit, seen = reading(osv.read)
    brought(
        path, unit=replace(unit, addresses=(f"{server.url}/one.json", f"{server.url}/two.json"))
    )
    assert (ids(path), seen) == (["X-1", "X-3"], ["two.json"])
    with Advisories.open(path) as known:
        assert known.feeds()["feed:osv:ours"].origin == PUBLISHER


def test_an_address_may_name_the_newest_archive_beside_it(path, folder, server):
    (folder / "2026-01-01.tar.gz").write_bytes(gzip.compress(tarred("1.json")))
    (folder / "archive_latest.txt").write_text("2026-01-01.tar.gz\n")
    brought(path, f"{server.url}/archive_latest.txt")
    assert ids(path) == ["X-1"]
    (folder / "archive_latest.txt").write_text("https://elsewhere.example/x.tar\n")
    with pytest.raises(FeedError, match="does not name an archive beside it"):
        brought(path)


def test_a_list_of_mirrors_leads_to_the_advisories_of_a_repository(path, folder, server):
    (folder / "core/repodata").mkdir(parents=True)
    (folder / "mirror.list").write_text(f"{server.url}/core/\n")
    index = folder / "core/repodata/repomd.xml"
    index.write_text(
        "<repomd><data type='primary'><location href='repodata/p.xml.gz'/></data>"
        "<data type='updateinfo'><location href='repodata/1-updateinfo.xml.gz'/></data></repomd>"
    )
    updates = gzip.compress(amazon_updateinfo.example.content)
    (folder / "core/repodata/1-updateinfo.xml.gz").write_bytes(updates)
    brought(path, f"{server.url}/mirror.list", amazon_updateinfo, "")
    assert held(path) == ["ALAS2023-2026-001"]
    index.write_text("<repomd/>")
    with pytest.raises(FeedError, match=r"repomd\.xml: names no updateinfo"):
        brought(path, "", amazon_updateinfo, "")
    (folder / "mirror.list").write_text("http://mirror.example/core\n")
    with pytest.raises(FeedError, match="https"):
        brought(path, "", amazon_updateinfo, "")
    (folder / "mirror.list").write_text("\n")
    with pytest.raises(FeedError, match="does not name a mirror"):
        brought(path, "", amazon_updateinfo, "")


def test_an_address_that_has_nothing_is_refused(path, server):
    with pytest.raises(FeedError, match="404"):
        brought(path, f"{server.url}/absent.json")
    with pytest.raises(FeedError, match="https"):
        brought(path, "http://mirror.example/x.json")
