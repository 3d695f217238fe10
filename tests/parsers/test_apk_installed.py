"""apk's database, as its specification writes it."""

from hypothesis import given
from hypothesis import strategies as st
from packageurl import PackageURL

from hullmark.model import File, Owned, Package, ParseError
from hullmark.parsers.apk_installed import apk_installed
from tests.roots import apk_root

PLACE = "lib/apk/db/installed"


def facts(content):
    """What the unit yields, and the reason of the error at its end."""
    found = []
    try:
        found.extend(apk_installed.parse(File(path=PLACE, content=content)))
    except ParseError as error:
        return found, error.why
    return found, ""


def test_every_package_and_its_files_are_read(tmp_path):
    root, packages = apk_root(tmp_path)
    found, why = facts((root / PLACE).read_bytes())
    assert not why
    installed = [fact for fact in found if isinstance(fact, Package)]
    assert sorted(f"{package.name}@{package.version}" for package in installed) == packages
    assert installed == [
        Package(
            type="apk",
            name="musl",
            version="1.2.5-r0",
            qualifiers={"arch": "x86_64"},
            path=PLACE,
            licences=("MIT",),
            source="musl",
            source_version="1.2.5-r0",
        ),
        Package(
            type="apk",
            name="libssl3",
            version="3.3.2-r1",
            qualifiers={"arch": "x86_64"},
            path=PLACE,
            licences=("Apache-2.0",),
            source="openssl",
            source_version="3.3.2-r1",
        ),
    ]
    assert [fact for fact in found if isinstance(fact, Owned)] == [
        Owned(
            type="apk",
            package="musl",
            paths=b"lib/ld-musl-x86_64.so.1\nlib/libc.musl-x86_64.so.1",
        ),
        Owned(type="apk", package="libssl3", paths=b"usr/lib/libssl.so.3"),
    ]
    for package in installed:
        assert PackageURL.from_string(package.purl).to_string() == package.purl


def test_files_at_the_root_have_no_folder():
    [_, owned], _ = facts(b"P:a\nV:1\nF:\nR:init\nF:etc\nR:x\nR:y\n")
    assert owned.paths == b"init\netc/x\netc/y"


def test_a_virtual_package_owns_nothing():
    [package], why = facts(b"C:X\nP:.build\nV:20240101.1\nA:noarch\n\n")
    assert not why
    assert package.purl == "pkg:apk/.build@20240101.1?arch=noarch"


def test_what_is_good_is_kept_and_what_is_not_is_named():
    found, why = facts(b"P:a\nV:1\n\nP:b\n\n\n\nV:2\n\nP:c\nV:3\n")
    assert [package.name for package in found] == ["a", "c"]
    assert why == "2 stanzas without a package's name and version"
    assert facts(b"") == ([], "")
    assert facts(b"\x7fELF")[1]


@given(st.binary(max_size=300))
def test_rubbish_gives_facts_or_an_error(content):
    facts(content)
    facts(b"P:a\nV:1\n" + content)
