"""Nix's database, written by Nix itself, and hostile ones."""

import sqlite3
from contextlib import closing
from subprocess import run

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packageurl import PackageURL

from hullmark.model import File, ParseError
from hullmark.parsers.nix_database import nix_database
from tests.roots import do, needs

PLACE = "nix/var/nix/db/db.sqlite"
STORE = "/nix/store"
HASH = "h0cnbmfcn93xm5dg2x27ixhag1cwndg"


def facts(content):
    """What the unit yields, and the reason of the error at its end."""
    found = []
    try:
        found.extend(nix_database.parse(File(path=PLACE, content=content)))
    except ParseError as error:
        return found, error.why
    return found, ""


def database(*paths, references=()):
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        made.execute("CREATE TABLE ValidPaths (id INTEGER PRIMARY KEY, path, deriver)")
        made.execute("CREATE TABLE Refs (referrer, reference)")
        rows = [each if isinstance(each, tuple) else (each, None) for each in paths]
        made.executemany("INSERT INTO ValidPaths (path, deriver) VALUES (?, ?)", rows)
        made.executemany("INSERT INTO Refs VALUES (?, ?)", references)
        return made.serialize()


def named(path, deriver=None):
    """Name, version and output of a path."""
    found, why = facts(database((f"{STORE}/{HASH}a-{path}", deriver)))
    assert not why
    return [(p.name, p.version, p.qualifiers.get("output", "")) for p in found]


def test_what_nix_registered_reads_as_nix_says(tmp_path):
    needs("nix-store")
    derivation = f"{STORE}/{HASH}f-glibc-2.38-27.drv"
    closure = {
        f"{STORE}/{HASH}a-glibc-2.38-27": (derivation, "a"),
        f"{STORE}/{HASH}b-glibc-2.38-27-getent": (derivation, "a"),
        f"{STORE}/{HASH}c-zed-2.0pre": ("", "bcd"),
        f"{STORE}/{HASH}d-hook.sh": ("", ""),
    }
    names = {path[len(STORE) + len(HASH) + 1]: path for path in closure}
    text = ""
    for path, (deriver, needed) in closure.items():
        (tmp_path / path[1:]).mkdir(parents=True)
        references = [names[each] for each in needed]
        words = (path, f"sha256:{'0' * 64}", 100, deriver, len(references), *references)
        text += "".join(f"{word}\n" for word in words)
    ask = ("nix-store", "--store", f"local?root={tmp_path}")
    run((*ask, "--load-db"), input=text, text=True, capture_output=True, check=True)
    found, why = facts((tmp_path / PLACE).read_bytes())
    assert not why
    by_hash = {each.qualifiers["outputhash"]: each for each in found}
    of = {path: by_hash.get(path.split("/")[3][:32]) for path in closure}
    assert [(each.name, each.version, each.qualifiers.get("output")) for each in found] == [
        ("glibc", "2.38-27", None),
        ("glibc", "2.38-27", "getent"),
        ("zed", "2.0pre", None),
    ]
    for path, package in of.items():
        if package:
            assert PackageURL.from_string(package.purl).to_string() == package.purl
            said = do(*ask, "-q", "--references", path).split()
            needed = [of[each].purl for each in said if of[each] and each != path]
            assert sorted(package.requires) == sorted(needed)


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("zed-1.2", [("zed", "1.2", "")]),
        ("zed-lib-1.2-r3-dev", [("zed-lib", "1.2-r3", "dev")]),
        ("python3.11-requests-2.31.0", [("python3.11-requests", "2.31.0", "")]),
        ("libX11-1.8.7-man", [("libX11", "1.8.7", "man")]),
        ("nss-cacert-3.92", [("nss-cacert", "3.92", "")]),
        ("unstable-2024-01-01", [("unstable", "2024-01-01", "")]),
        ("source", []),
        ("zed-1.2.drv", []),
        ("zed-1.2.tar.gz", []),
        ("fix-1.patch", []),
        ("-1", []),
    ],
)
def test_names_are_parted_as_nix_parts_them(path, parts):
    assert named(path) == parts


def test_a_derivation_tells_unusual_outputs_apart():
    derivation = f"{STORE}/{HASH}f-zed-1.2.drv"
    assert named("zed-1.2-tools", derivation) == [("zed", "1.2", "tools")]
    assert named("zed-1.2", derivation) == [("zed", "1.2", "")]
    assert named("other-1.2-bin", derivation) == [("other", "1.2", "bin")]


def test_paths_outside_a_store_are_none():
    for path in ("", "zed-1.2", f"{STORE}/short-zed-1.2", 5, b"\xff", f"{STORE}/{'e' * 32}-zed-1"):
        assert facts(database(path)) == ([], "")


def test_references_that_cannot_be_read_cost_themselves_alone():
    content = database(f"{STORE}/{HASH}a-zed-1", references=[(1, 9), (None, 1)])
    found, why = facts(content)
    assert ([each.requires for each in found], why) == ([()], "")
    found, why = facts(content.replace(b"TABLE Refs", b"TABLE Rxxs").replace(b"Refs", b"Rxxs"))
    assert ([each.name for each in found], why[:19]) == (["zed"], "unreadable SQLite: ")


@given(st.data())
def test_a_damaged_database_gives_facts_or_an_error(data):
    content = bytearray(nix_database.example.content)
    places = st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255))
    for at, value in data.draw(st.lists(places, max_size=20)):
        content[at] = value
    facts(bytes(content))
