"""dpkg's database, compared with what dpkg-query says of the same."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packageurl import PackageURL

from hullmark.model import File, Licensed, Owned, ParseError
from hullmark.parsers.dpkg_copyright import dpkg_copyright
from hullmark.parsers.dpkg_files import dpkg_files
from hullmark.parsers.dpkg_status import dpkg_status
from tests.roots import deb_root, do, needs

HERE = Path("/var/lib/dpkg")
FIELDS = (
    "${Package}",
    "${Version}",
    "${Architecture}",
    "${source:Package}",
    "${source:Version}",
    "${db:Status-Status}",
)


def file(content, path="var/lib/dpkg/status"):
    return File(path=path, content=content)


def at(root, path):
    return File(path=path, content=(root / path).read_bytes())


def facts(unit, given):
    """What a unit yields, and the reason of the error at its end."""
    found = []
    try:
        found.extend(unit.parse(given))
    except ParseError as error:
        return found, error.why
    return found, ""


def asked(admindir):
    """Rows of dpkg-query on the packages whose files are in place."""
    lines = do("dpkg-query", f"--admindir={admindir}", "-W", "-f", "\t".join(FIELDS) + "\n")
    rows = [line.split("\t") for line in lines.splitlines()]
    absent = ("not-installed", "config-files", "half-installed")
    return sorted(row[:5] for row in rows if row[5] not in absent)


def read(status):
    found, why = facts(dpkg_status, status)
    assert not why
    rows = [(p.name, p.version, p.qualifiers["arch"], p.source, p.source_version) for p in found]
    return sorted(list(row) for row in rows)


def test_a_real_root_reads_as_dpkg_query_says(tmp_path):
    root, packages = deb_root(tmp_path)
    assert read(at(root, "var/lib/dpkg/status")) == asked(root / "var/lib/dpkg")
    found, _ = facts(dpkg_status, at(root, "var/lib/dpkg/status"))
    assert sorted(f"{package.name}@{package.version}" for package in found) == packages


def test_this_machine_reads_as_dpkg_query_says():
    needs("dpkg-query")
    status = HERE / "status"
    if not status.exists():
        pytest.skip("needs a machine of dpkg's")
    assert read(file(status.read_bytes())) == asked(HERE)


def test_purls_are_canonical(tmp_path):
    root, _ = deb_root(tmp_path)
    for package in facts(dpkg_status, at(root, "var/lib/dpkg/status"))[0]:
        assert PackageURL.from_string(package.purl).to_string() == package.purl


def test_a_real_root_tells_which_package_owns_a_file(tmp_path):
    root, _ = deb_root(tmp_path)
    for listed in (root / "var/lib/dpkg/info").glob("*.list"):
        [owned], _ = facts(dpkg_files, at(root, str(listed.relative_to(root))))
        name = listed.stem.partition(":")[0]
        assert owned == Owned(type="deb", package=name, paths=listed.read_bytes())
        assert (f"/etc/{name}.conf").encode() in owned.paths.split(b"\n")


def test_a_real_root_tells_licences(tmp_path):
    root, _ = deb_root(tmp_path)
    [licensed], _ = facts(dpkg_copyright, at(root, "usr/share/doc/zed/copyright"))
    assert licensed == Licensed(type="deb", package="zed", licences=("GPL-2.0-or-later OR MIT",))


@pytest.mark.parametrize(
    ("state", "there"),
    [
        ("install ok installed", True),
        ("hold ok installed", True),
        ("install reinstreq half-configured", True),
        ("install ok unpacked", True),
        ("install ok triggers-pending", True),
        ("install ok triggers-awaited", True),
        ("install ok half-installed", False),
        ("deinstall ok config-files", False),
        ("unknown ok not-installed", False),
    ],
)
def test_a_package_counts_while_its_files_are_there(state, there):
    found, _ = facts(dpkg_status, file(f"Package: a\nStatus: {state}\nVersion: 1\n".encode()))
    assert bool(found) is there


def test_a_distroless_stanza_needs_no_status_and_checksums_are_no_stanzas():
    stanza = b"Package: a\nVersion: 1\nArchitecture: all\nDescription: b\n Version: 9\n"
    found, _ = facts(dpkg_status, file(stanza, "var/lib/dpkg/status.d/a"))
    assert [package.purl for package in found] == ["pkg:deb/a@1?arch=all"]
    sums = b"%s  usr/bin/a\n%s  usr/share/x  y\n" % (b"0" * 32, b"f" * 32)
    sums_file = file(sums, "var/lib/dpkg/status.d/a.md5sums")
    assert facts(dpkg_status, sums_file) == ([], "")
    [owned], _ = facts(dpkg_files, sums_file)
    assert owned == Owned(type="deb", package="a", paths=b"usr/bin/a\nusr/share/x  y")


def test_what_is_good_is_kept_and_what_is_not_is_named():
    content = b"Package: a\nVersion: 1\n\nPackage: b\n\nVersion: 3\n\n\n\nPackage: c\nVersion: 4\n"
    found, why = facts(dpkg_status, file(content))
    assert [package.name for package in found] == ["a", "c"]
    assert why == "2 stanzas without a package's name and version"
    assert facts(dpkg_status, file(b"\n\n")) == ([], "")
    assert facts(dpkg_status, file(b"\x7fELF\0\0")) == (
        [],
        "1 stanzas without a package's name and version",
    )


def test_lists_that_are_none_are_errors():
    path = "var/lib/dpkg/status.d/a.md5sums"
    assert facts(dpkg_files, file(b"nonsense", path)) == ([], "a line is no checksum and path")
    path = "var/lib/dpkg/info/a.list"
    assert facts(dpkg_files, file(b"/a\0b", path)) == ([], "a path holds a zero byte")
    assert facts(dpkg_files, file(b"", path)) == ([], "")


DEP5 = b"Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"


@pytest.mark.parametrize(
    ("content", "licences"),
    [
        (DEP5 + b"License: ISC\n\nFiles: *\nLicense: Expat\n", ("ISC", "MIT")),
        (DEP5 + b"\nFiles: *\nLicense: Expat\n\nFiles: b\nLicense: Expat\n", ("MIT",)),
        (DEP5 + b"\r\nFiles: *\r\nLicense: Expat\r\n", ("MIT",)),
        (DEP5 + b"\nFiles: *\nLicense: Expat\n\nLicense: GPL-2\n text\n", ("MIT",)),
        (
            DEP5 + b"\nFiles: *\nCopyright: 1\nLicense:\n See /usr/share/common-licenses/GPL-3\n",
            ("GPL-3.0-only",),
        ),
        (b"On Debian see /usr/share/common-licenses/LGPL-2.1.\n", ("LGPL-2.1-only",)),
        (b"Written by \xe9. It is in the public domain.", ("LicenseRef-public-domain",)),
        (b"All rights reserved.", ()),
        (b"", ()),
        (b"\x7fELF", ()),
    ],
)
def test_licences_are_those_of_files_and_the_header(content, licences):
    found, why = facts(dpkg_copyright, file(content, "usr/share/doc/a/copyright"))
    assert not why
    assert [fact.licences for fact in found] == ([licences] if licences else [])


def test_too_many_licences_are_cut_and_said():
    files = b"".join(b"\nFiles: %d\nLicense: x%d\n" % (n, n) for n in range(600))
    [found], why = facts(dpkg_copyright, file(DEP5 + files, "usr/share/doc/a/copyright"))
    assert len(found.licences) == 500
    assert why == "more than 500 licences"


def test_every_copyright_file_of_this_machine_is_read():
    read = told = 0
    for path in Path("/usr/share/doc").glob("*/copyright"):
        found, why = facts(dpkg_copyright, file(path.read_bytes(), str(path)[1:]))
        assert not why
        read += 1
        told += bool(found)
    if not read:
        pytest.skip("needs a machine with Debian packages")
    assert told >= read * 0.9


@given(st.binary(max_size=300))
def test_rubbish_gives_facts_or_an_error(content):
    for unit, path in (
        (dpkg_status, "var/lib/dpkg/status"),
        (dpkg_files, "var/lib/dpkg/status.d/a.md5sums"),
        (dpkg_files, "var/lib/dpkg/info/a.list"),
        (dpkg_copyright, "usr/share/doc/a/copyright"),
    ):
        facts(unit, file(content, path))
        facts(unit, file(DEP5 + content, path))
