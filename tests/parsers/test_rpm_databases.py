"""rpm's databases beside SQLite, written by real tools and compared with what rpm says."""

import sqlite3
from contextlib import closing
from struct import pack
from zlib import adler32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hullmark.model import File, Package, ParseError
from hullmark.model.rpm_installed import source_of
from hullmark.parsers.rpm_bdb import rpm_bdb
from hullmark.parsers.rpm_ndb import rpm_ndb
from hullmark.parsers.rpm_sqlite import rpm_sqlite
from tests.parsers.test_rpm_sqlite import PLACE, zed
from tests.roots import do, needs, rpm_root

NDB, BDB = "var/lib/rpm/Packages.db", "var/lib/rpm/Packages"
LARGE = zed(b"large", t1116=[0] * 3000, t1117=[b"file"] * 3000, t1118=[b"/usr/"])


def facts(unit, content):
    """What the unit yields, and the reason of the error at its end."""
    found = []
    try:
        found.extend(unit.parse(File(path="var/lib/rpm/P", content=content)))
    except ParseError as error:
        return found, error.why
    return found, ""


def names(unit, content):
    return [fact.name for fact in facts(unit, content)[0] if isinstance(fact, Package)]


def headers(root):
    with closing(sqlite3.connect(root / PLACE)) as database:
        return [blob for (blob,) in database.execute("SELECT blob FROM Packages ORDER BY hnum")]


def same(left, right):
    """Both hold the same facts, whatever the order."""
    return sorted(map(str, left)) == sorted(map(str, right))


# Berkeley DB


def bdb(folder, blobs, page_size=4096, order=1234):
    """A database as rpm keeps it: headers by number, and the next number at zero."""
    needs("db_load")
    word = ">I" if order == 4321 else "<I"
    rows = [(pack(word, 0), pack(word, len(blobs)))]
    rows += [(pack(word, number), blob) for number, blob in enumerate(blobs, 1)]
    text = f"VERSION=3\nformat=bytevalue\ntype=hash\ndb_pagesize={page_size}\ndb_lorder={order}\n"
    text += "HEADER=END\n" + "".join(f" {key.hex()}\n {value.hex()}\n" for key, value in rows)
    path = folder / BDB
    path.parent.mkdir(parents=True, exist_ok=True)
    (folder / "dump").write_text(f"{text}DATA=END\n")
    path.unlink(missing_ok=True)
    do("db_load", "-f", folder / "dump", path)
    return path.read_bytes()


def test_berkeley_db_reads_as_rpm_says_and_as_sqlite_does(tmp_path):
    root, packages = rpm_root(tmp_path)
    blobs = headers(root)
    content = bdb(tmp_path / "old", [*blobs, zed(b"gpg-pubkey"), LARGE])
    found, why = facts(rpm_bdb, content)
    assert not why
    expected = facts(rpm_sqlite, (root / PLACE).read_bytes())[0]
    assert same([f for f in found if "large" not in str(f)], expected)
    assert len(packages) == len(expected) - 2
    asked = ("rpm", "--root", tmp_path / "old", "--dbpath", "/var/lib/rpm")
    said = do(*asked, "--define", "_db_backend bdb_ro", "-qa", "--qf", "%{NAME}\n").split()
    assert sorted(said) == sorted([*names(rpm_bdb, content), "gpg-pubkey"])


@pytest.mark.parametrize("order", [1234, 4321])
@pytest.mark.parametrize("page_size", [512, 4096, 65536])
def test_every_byte_order_and_page_size_is_read(tmp_path, order, page_size):
    blobs = [zed(b"p%03d" % number) for number in range(100)]
    content = bdb(tmp_path, [*blobs, LARGE], page_size, order)
    found, why = facts(rpm_bdb, content)
    assert not why
    assert same(names(rpm_bdb, content), [f"p{number:03}" for number in range(100)] + ["large"])
    assert [f.paths.count(b"\n") for f in found if not isinstance(f, Package)] == [2999]


def test_a_broken_chain_costs_its_package_alone(tmp_path):
    content = bytearray(bdb(tmp_path, [zed(), LARGE], 512))
    chain = [at for at in range(0, len(content), 512) if content[at + 25] == 7]
    content[chain[5] + 25] = 5
    found, why = facts(rpm_bdb, bytes(content))
    assert [fact.name for fact in found] == ["zed"]
    assert why == "1 packages are unreadable: the header is cut short"


def test_a_chain_that_bites_its_tail_ends(tmp_path):
    content = bytearray(bdb(tmp_path, [LARGE] * 3, 512))
    for at in range(0, len(content), 512):
        if content[at + 25] == 7:
            content[at + 16 : at + 20] = pack("<I", at // 512)
    assert facts(rpm_bdb, bytes(content))[1]
    for at in range(0, len(content), 512):
        if content[at + 25] == 13:
            content = content.replace(pack("<I", len(LARGE)), b"\xff\xff\xff\x7f")
    assert facts(rpm_bdb, bytes(content))[1] == "its values share pages"


def test_values_that_lie_over_each_other_are_an_error(tmp_path):
    content = bytearray(bdb(tmp_path, [zed(b"p%03d" % number) for number in range(100)], 65536))
    [page] = [at for at in range(0, len(content), 65536) if content[at + 25] == 13][:1]
    starts = b"".join(pack("<HH", 65000, 30) for _ in range(101))
    content[page + 26 : page + 26 + len(starts)] = starts
    assert facts(rpm_bdb, bytes(content))[1] == "its values share pages"


def test_a_file_that_ends_early_is_an_error(tmp_path):
    content = bdb(tmp_path, [zed(), LARGE], 512)
    assert "is missing" in facts(rpm_bdb, content[: len(content) // 2])[1]


@pytest.mark.parametrize(
    ("at", "value", "why"),
    [
        (12, b"\0\0\0\0", "no hash of Berkeley DB"),
        (25, b"\x09", "no hash of Berkeley DB"),
        (20, b"\x01\x02\0\0", "pages of 513 bytes"),
        (24, b"\x01", "encrypted or with checksums, which rpm never asks for"),
        (26, b"\x01", "encrypted or with checksums, which rpm never asks for"),
    ],
)
def test_what_describes_itself_otherwise_is_an_error(at, value, why):
    content = bytearray(rpm_bdb.example.content)
    content[at : at + len(value)] = value
    assert facts(rpm_bdb, bytes(content)) == ([], why)


# rpm's own


def ndb(*blobs, pages=1):
    """A database after the comments of rpmpkg.c."""
    start = pages * 256
    slots = data = b""
    for number, blob in enumerate(blobs, 1):
        blocks = -(-(len(blob) + 28) // 16)
        slots += pack("<4sIII", b"Slot", number, start + len(data) // 16, blocks)
        body = pack("<4sIII", b"BlbS", number, 1, len(blob)) + blob
        body += bytes(blocks * 16 - 12 - len(body))
        data += body + pack("<II4s", adler32(body), len(blob), b"BlbE")
    head = pack("<4sIIII12x", b"RpmP", 0, len(blobs), pages, len(blobs) + 1)
    free = pack("<4sIII", b"Slot", 0, 0, 0) * (start - 2 - len(blobs))
    return head + slots + free + data


def test_what_rpm_wrote_and_removed_reads_as_rpm_says(tmp_path):
    needs("rpm-ndb")
    root, _ = rpm_root(tmp_path)
    new = tmp_path / "new"
    new.mkdir()
    ask = ("rpm-ndb", "--rcfile", "/usr/lib/rpm/rpmrc", "--macros", "/usr/lib/rpm/macros")
    ask += ("--root", new, "--dbpath", "/var/lib/rpm", "--define", "_db_backend ndb")
    built = sorted((tmp_path / "rpmbuild/RPMS").rglob("*.rpm"))
    do(*ask, "-i", "--nodeps", "--ignorearch", "--ignoreos", "--nosignature", *built)
    found, why = facts(rpm_ndb, (new / NDB).read_bytes())
    assert not why
    assert same(found, facts(rpm_sqlite, (root / PLACE).read_bytes())[0])
    do(*ask, "-e", "--nodeps", "zed-empty")
    left = names(rpm_ndb, (new / NDB).read_bytes())
    assert sorted(left) == sorted(do(*ask, "-qa", "--qf", "%{NAME}\n").split()) == ["libzed", "zed"]


def test_slots_fill_several_pages():
    blobs = [zed(b"p%03d" % number) for number in range(400)]
    assert names(rpm_ndb, ndb(*blobs, pages=2)) == [f"p{number:03}" for number in range(400)]


def test_a_blob_of_another_package_is_named_and_the_rest_kept():
    content = ndb(zed(b"a"), zed(b"b"), zed(b"c"))
    swapped = content.replace(pack("<4sI", b"BlbS", 2), pack("<4sI", b"BlbS", 9))
    assert [f.name for f in facts(rpm_ndb, swapped)[0]] == ["a", "c"]
    assert facts(rpm_ndb, swapped)[1] == "1 packages are unreadable: the header is cut short"
    assert names(rpm_ndb, content[:-200]) == ["a"]
    assert facts(rpm_ndb, content[:-200])[1]


@pytest.mark.parametrize(
    ("at", "value", "why"),
    [
        (0, b"Rpm?", "no database of rpm's own kind"),
        (4, b"\x01", "a database of version 1, of which we know nothing"),
        (12, bytes(4), "0 pages of slots in "),
        (12, b"\xff\xff\xff\xff", "4294967295 pages of slots in "),
        (48, b"S", ""),
        (48, b"X", "a slot is none"),
        (44, b"\xff\xff\xff", "its packages share blocks"),
    ],
)
def test_a_hostile_head_or_slot_is_an_error(at, value, why):
    content = bytearray(ndb(zed()))
    content[at : at + len(value)] = value
    assert facts(rpm_ndb, bytes(content))[1].startswith(why)


# Both


@pytest.mark.parametrize("unit", [rpm_bdb, rpm_ndb])
def test_what_is_no_database_is_an_error(unit):
    for content in (b"", b"RpmP", b"hello" * 100, bytes(5000)):
        assert facts(unit, content)[1]


@pytest.mark.parametrize("unit", [rpm_bdb, rpm_ndb])
@given(data=st.data())
def test_a_damaged_database_gives_facts_or_an_error(unit, data):
    content = bytearray(unit.example.content)
    last = len(content) - 1
    changes = st.lists(st.tuples(st.integers(0, last), st.integers(0, 255)), max_size=20)
    for at, value in data.draw(changes):
        content[at] = value
    facts(unit, bytes(content[: data.draw(st.integers(0, last + 1))]))


def test_a_source_package_tells_its_name_and_version():
    assert source_of("a-b-1-2.src.rpm", "x") == ("a-b", "1-2")
    assert source_of("(none)", "x") == ("x", "")
    assert source_of("", "x") == ("x", "")
