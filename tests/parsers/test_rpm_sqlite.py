"""rpmdb.sqlite, compared with what rpm says of the same, and with hostile databases."""

import sqlite3
from contextlib import closing
from struct import pack

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from packageurl import PackageURL

from hullmark.model import File, Owned, Package, ParseError
from hullmark.model.rpm_header import Header, HeaderError
from hullmark.model.write_ahead_log import settled
from hullmark.parsers.rpm_sqlite import rpm_sqlite
from tests.roots import do, rpm, rpm_root

PLACE = "usr/lib/sysimage/rpm/rpmdb.sqlite"
LOG = "rpmdb.sqlite-wal"
TABLE = "CREATE TABLE Packages (hnum INTEGER PRIMARY KEY, blob BLOB NOT NULL)"
KINDS = {
    1000: 6,
    1001: 6,
    1002: 6,
    1003: 4,
    1011: 6,
    1014: 6,
    1022: 6,
    1044: 6,
    1116: 4,
    1117: 8,
    1118: 8,
    1047: 8,
    1049: 8,
}


def file(content, log=None):
    beside = {} if log is None else {LOG: File(path=f"usr/lib/sysimage/rpm/{LOG}", content=log)}
    return File(path=PLACE, content=content, beside=beside)


def facts(given):
    """What the unit yields, and the reason of the error at its end."""
    found = []
    try:
        found.extend(rpm_sqlite.parse(given))
    except ParseError as error:
        return found, error.why
    return found, ""


def names(given):
    return [fact.name for fact in facts(given)[0] if isinstance(fact, Package)]


def header(tags):
    """A header of these tags: numbers, or strings."""
    index = data = b""
    for tag, values in tags.items():
        if KINDS[tag] == 4:
            data += bytes(-len(data) % 4)
        index += pack(">IIII", tag, KINDS[tag], len(data), len(values))
        for value in values:
            data += pack(">I", value) if KINDS[tag] == 4 else value + b"\0"
    return pack(">II", len(index) // 16, len(data)) + index + data


def zed(name=b"zed", **more):
    tags = {1000: [name], 1001: [b"1"], 1002: [b"2"], 1022: [b"noarch"]}
    return header(tags | {int(tag[1:]): values for tag, values in more.items()})


def database(*rows, schema=TABLE):
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        made.execute("PRAGMA page_size = 512")
        made.executescript(schema)
        for row in rows:
            made.execute("INSERT INTO Packages (blob) VALUES (?)", (row,))
        return made.serialize()


def test_a_real_root_reads_as_rpm_says(tmp_path):
    root, packages = rpm_root(tmp_path)
    found, why = facts(file((root / PLACE).read_bytes()))
    assert not why
    installed = {fact.name: fact for fact in found if isinstance(fact, Package)}
    asked = "%{NAME}\t%{VERSION}-%{RELEASE}\t%{ARCH}\t%|EPOCH?{%{EPOCH}}|\t%{SOURCERPM}\\n"
    rows = [row.split("\t") for row in do(*rpm(root), "-qa", "--qf", asked).splitlines()]
    assert sorted(f"{name}@{version}" for name, version, *_ in rows) == packages
    for name, version, arch, epoch, source in rows:
        package = installed.pop(name)
        assert (package.version, package.qualifiers["arch"]) == (version, arch)
        assert package.qualifiers.get("epoch", "") == epoch
        assert f"{package.source}-{package.source_version}.src.rpm" == source
        assert PackageURL.from_string(package.purl).to_string() == package.purl
        owned = [f.paths for f in found if isinstance(f, Owned) and f.package == name]
        listed = do(*rpm(root), "-ql", name).replace("(contains no files)\n", "")
        assert sorted(b"".join(owned).decode().split()) == sorted(listed.split())
    assert not installed


def test_who_built_a_package_is_kept():
    long = zed(b"long", t1011=[b"x" * 500])
    rows = (zed(t1011=[b"Zed Inc."]), zed(b"other"), long)
    [first, other, last] = facts(file(database(*rows)))[0]
    assert (first.vendor, other.vendor, last.vendor) == ("Zed Inc.", "", "x" * 200)


def test_licences_and_modules_are_read(tmp_path):
    root, _ = rpm_root(tmp_path)
    found, _ = facts(file((root / PLACE).read_bytes()))
    said = {
        f.name: (f.licences, f.qualifiers.get("rpmmod")) for f in found if isinstance(f, Package)
    }
    assert said == {
        "libzed": (("Apache-2.0 OR MIT",), "zed:1:20240101:abc"),
        "zed": (("GPL-2.0-or-later AND MIT",), None),
        "zed-empty": (("LicenseRef-public-domain",), None),
    }


def test_packages_require_those_that_rpm_names(tmp_path):
    root, _ = rpm_root(tmp_path)
    found, _ = facts(file((root / PLACE).read_bytes()))
    purls = {f.name: f.purl for f in found if isinstance(f, Package)}
    requires = {f.name: f.requires for f in found if isinstance(f, Package)}
    assert requires == {
        "libzed": (),
        "zed": (purls["libzed"],),
        "zed-empty": (purls["zed"],),
    }
    for needed, asked in (("libzed", "libzed"), ("zed", "/etc/zed.conf")):
        [name] = do(*rpm(root), "-q", "--whatrequires", asked, "--qf", "%{NAME}\n").split()
        assert requires[name] == (purls[needed],)


def test_what_is_required_has_its_distribution_too(tmp_path, scan):
    root, _ = rpm_root(tmp_path)
    packages = scan(f"dir:{root}").packages
    known = {package.purl for package in packages}
    needed = [purl for package in packages for purl in package.requires]
    assert len(needed) == 2
    assert known.issuperset(needed)


def test_the_first_provider_of_a_name_is_required():
    a = zed(b"a", t1047=[b"a", b"cap(x)"], t1049=[b"a", b"cap(x)", b"rpmlib(y)", b"cap(x)"])
    b = zed(b"b", t1047=[b"cap(x)"], t1049=[b"cap(x)", b"(a or b)", b"/usr/a"])
    found, why = facts(file(database(zed(b"c", t1116=[0], t1117=[b"a"], t1118=[b"/usr/"]), a, b)))
    assert not why
    purl = "pkg:rpm/{}@1-2?arch=noarch"
    assert [f.requires for f in found if isinstance(f, Package)] == [
        (),
        (),
        (purl.format("a"), purl.format("c")),
    ]


def test_what_the_log_committed_counts_and_nothing_else(tmp_path):
    root, _ = rpm_root(tmp_path)
    with closing(sqlite3.connect(root / PLACE, isolation_level=None)) as live:
        live.execute("PRAGMA wal_autocheckpoint = 0")
        before = names(file((root / PLACE).read_bytes()))
        for number in range(40):
            live.execute("INSERT INTO Packages (blob) VALUES (?)", (zed(b"new%d" % number),))
        live.execute("DELETE FROM Packages WHERE hnum = 1")
        main, log = (root / PLACE).read_bytes(), (root / PLACE).with_name(LOG).read_bytes()
        expected = [
            Header(blob).text(1000) for (blob,) in live.execute("SELECT blob FROM Packages")
        ]
    assert names(file(main)) == before
    assert names(file(main, log)) == expected
    assert len(expected) == len(before) + 39
    frame = 24 + 4096
    assert len(names(file(main, log[:-frame]))) == len(before) + 40
    torn = bytearray(log)
    torn[32 + frame * 5 + 100] ^= 1
    assert len(before) <= len(names(file(main, bytes(torn)))) < len(expected)
    stale = bytearray(log)
    stale[40] ^= 1
    assert names(file(main, bytes(stale))) == before


def test_a_log_without_a_checkpointed_database_is_enough(tmp_path):
    at = tmp_path / "rpmdb.sqlite"
    with closing(sqlite3.connect(at, isolation_level=None)) as live:
        live.execute("PRAGMA journal_mode = WAL")
        live.execute(TABLE)
        live.execute("INSERT INTO Packages (blob) VALUES (?)", (zed(),))
        main, log = at.read_bytes(), at.with_name(LOG).read_bytes()
    assert names(file(main, log)) == ["zed"]


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_a_log_of_rubbish_changes_nothing(database, log):
    assert settled(database, log, 1000) == database
    magic = pack(">IIII", 0x377F0682, 3007000, 512, 0)
    assert settled(database, magic + log, 1000) == database


def test_keys_are_no_packages():
    assert names(file(database(zed(b"gpg-pubkey"), zed()))) == ["zed"]


def test_what_is_good_is_kept_and_what_is_not_is_named():
    cut = zed()[:-20]
    odd_files = zed(t1116=[0, 9], t1117=[b"a", b"b"], t1118=[b"/"])
    found, why = facts(file(database(cut, zed(b"a"), b"", odd_files, "text", zed(b"b"))))
    assert [fact.name for fact in found] == ["a", "b"]
    assert why.startswith("4 packages are unreadable: ")


def test_a_package_without_a_source_is_its_own():
    [package], _ = facts(file(database(zed())))
    assert (package.source, package.source_version, package.licences) == ("zed", "", ())


def test_epoch_zero_is_none():
    [package], _ = facts(file(database(zed(t1003=[0]))))
    assert package.purl == "pkg:rpm/zed@1-2?arch=noarch"


ENDLESS = """CREATE VIEW Packages AS
WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT zeroblob(10) blob FROM n"""


@pytest.mark.parametrize(
    ("schema", "why"),
    [
        ("CREATE TABLE Other (a)", "unreadable SQLite: no such table: Packages"),
        (ENDLESS, "unreadable SQLite: "),
        (
            "CREATE TABLE T (blob); CREATE VIEW Packages AS SELECT blob FROM T",
            "unreadable SQLite: ",
        ),
        ("CREATE VIEW Packages AS SELECT readfile('/etc/passwd') AS blob", "unreadable SQLite: "),
    ],
)
def test_a_hostile_schema_is_an_error_at_once(schema, why):
    found, said = facts(file(database(schema=schema)))
    assert not found
    assert said.startswith(why)


def test_rows_that_share_pages_are_an_error():
    large = zed(t1116=[0] * 5000, t1117=[b"a"] * 5000, t1118=[b"/"])
    made = bytearray(database(large, *[zed(b"p%03d" % number) for number in range(200)]))
    interior = made.index(b"\x05\0\0", 512)
    cells = int.from_bytes(made[interior + 3 : interior + 5])
    places = [
        interior + int.from_bytes(made[interior + 12 + 2 * cell : interior + 14 + 2 * cell])
        for cell in range(cells)
    ]
    for at in places:
        made[at : at + 4] = made[places[0] : places[0] + 4]
    assert len(places) > 3
    assert facts(file(bytes(made)))[1] == "its rows share pages"


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0", bytes(5000)])
def test_what_is_no_database_is_an_error(content):
    assert facts(file(content))[1]


BASE = database(zed(t1116=[0], t1117=[b"a"], t1118=[b"/usr/"]), zed(b"b"))


@given(st.lists(st.tuples(st.integers(0, len(BASE) - 1), st.integers(0, 255)), max_size=20))
@example([(18, 2), (19, 2)])
def test_a_damaged_database_gives_facts_or_an_error(changes):
    content = bytearray(BASE)
    for at, value in changes:
        content[at] = value
    facts(file(bytes(content)))


BLOB = zed(t1116=[0], t1117=[b"a"], t1118=[b"/usr/"])


@given(st.lists(st.tuples(st.integers(0, len(BLOB) - 1), st.integers(0, 255)), max_size=8))
def test_a_damaged_header_gives_values_or_its_error(changes):
    content = bytearray(BLOB)
    for at, value in changes:
        content[at] = value
    facts(file(database(bytes(content))))


@given(st.binary(max_size=100))
def test_rubbish_is_no_header(blob):
    try:
        made = Header(blob)
        made.text(1000), made.strings(1117), made.numbers(1116)
    except HeaderError:
        return
