"""Databases of systems' packages, and the example of every parser."""

import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from struct import pack

import click
import pytest

import hullmark.parsers
from bench.workshop import Make, Workshop, write
from hullmark.model import File
from hullmark.unit import Parser, discover
from tests.roots import Root, apk_root, deb_root, rpm_root

SQLITE = "usr/lib/sysimage/rpm/rpmdb.sqlite"


def root(make: Callable[[Path], Root], _shop: Workshop, folder: Path) -> Path:
    """Make a root of the tests in place of a folder; return what it was made with."""
    scratch = folder.with_name(f"{folder.name}.scratch")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    try:
        path = make(scratch).path
    except pytest.skip.Exception as absent:
        raise click.ClickException(str(absent)) from absent
    folder.rmdir()
    path.rename(folder)
    return scratch


def dpkg(shop: Workshop, folder: Path) -> None:
    """Install packages with dpkg."""
    root(deb_root, shop, folder)


def apk(shop: Workshop, folder: Path) -> None:
    """Write apk's database after its specification."""
    root(apk_root, shop, folder)


def rpm_sqlite(shop: Workshop, folder: Path) -> None:
    """Install packages with rpm."""
    root(rpm_root, shop, folder)


def rpm_ndb(shop: Workshop, folder: Path) -> None:
    """Install packages with an rpm that keeps them in its own kind of database."""
    scratch = root(rpm_root, shop, folder)
    (folder / SQLITE).unlink()
    inspector = shop.python("python", "rpm-inspector-rpm==4.16.1.3.210404")
    (program,) = inspector.parent.parent.glob("lib/python3*/site-packages/*/bin/rpm")
    place = ("--root", folder, "--dbpath", "/usr/lib/sysimage/rpm", "--define", "_db_backend ndb")
    macros = ("--rcfile", "/usr/lib/rpm/rpmrc", "--macros", "/usr/lib/rpm/macros")
    force = ("--nodeps", "--ignorearch", "--ignoreos", "--nosignature", "--force")
    built = sorted((scratch / "rpmbuild" / "RPMS").rglob("*.rpm"))
    shop.call(program, *macros, *place, "-i", *force, *built, cwd=folder)


def rpm_bdb(shop: Workshop, folder: Path) -> None:
    """Load what rpm installed into a Berkeley DB, as older ones keep it."""
    root(rpm_root, shop, folder)
    with closing(sqlite3.connect(folder / SQLITE)) as database:
        found = database.execute("SELECT hnum, blob FROM Packages ORDER BY hnum").fetchall()
    (folder / SQLITE).unlink()
    rows = [(pack("<I", 0), pack("<I", len(found))), *((pack("<I", n), blob) for n, blob in found)]
    head = "VERSION=3\nformat=bytevalue\ntype=hash\ndb_pagesize=4096\nHEADER=END\n"
    lines = "".join(f" {key.hex()}\n {value.hex()}\n" for key, value in rows)
    dump = write(folder / "dump", f"{head}{lines}DATA=END\n")
    (folder / "var" / "lib" / "rpm").mkdir(parents=True)
    shop.call("db_load", "-f", dump, "var/lib/rpm/Packages", cwd=folder)
    dump.unlink()


def examples(_shop: Workshop, folder: Path) -> None:
    """Write every parser's example where it lies; what lies where another does goes elsewhere."""
    for number, unit in enumerate(discover(hullmark.parsers, Parser).values()):
        taken = (folder / unit.example.path).exists()
        place = lay(folder / f"other-{number}" if taken else folder, unit.example)
        if unit.magic:
            place.chmod(0o755)


def lay(folder: Path, file: File) -> Path:
    """Write a file and those beside it; return where it is."""
    place = write(folder / file.path, file.data)
    for name, near in file.beside.items():
        if not (place.parent / name).exists():
            write(place.parent / name, near.data)
    return place


CASES: Mapping[str, Make] = {
    "dpkg": dpkg,
    "apk": apk,
    "rpm sqlite": rpm_sqlite,
    "rpm ndb": rpm_ndb,
    "rpm bdb": rpm_bdb,
    "examples": examples,
}
