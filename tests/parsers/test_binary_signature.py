"""Programs known by their bytes: the table itself, and real programs from Debian's packages."""

import os
import re
import time
from pathlib import Path
from shutil import which
from subprocess import run

import pytest
from packageurl import PackageURL

from hullmark.binaries import PROGRAMS, named, version
from hullmark.binaries.program import SHAPES, Program, ready
from hullmark.binaries.search import CHUNK_BYTES, MAX_PLACES, MAX_SEARCH_BYTES
from hullmark.licences import spdx
from hullmark.model import File, ParseError
from hullmark.parsers.binary_signature import binary_signature

KEPT = os.environ.get("HULLMARK_TEST_CACHE", "")

ELF = bytes.fromhex("7f454c46 02010100 0000000000000000 02003e00 01000000") + bytes(40)

SAMPLES = {
    "{}": "7.4.1",
    "{x.y.z}": "7.4.1",
    "{x.ypz}": "9.2p1",
    "{1.x.y}": "1.2.5",
    "{n.0.n.n}": "88.0.4324.150",
    "{3.x.y}": "3.40.1",
    "{text}": "17.0.2+8-LTS",
    "{n}": "17",
    "{series}": "3.11.4",
}

PACKAGES = {
    "bash": {"bash": "bash"},
    "busybox-static": {"busybox": "busybox"},
    "libexpat1": {"libexpat.so.": "expat"},
    "libpython3.11": {"libpython3.11.so.": "python"},
    "libssl3": {"libcrypto.so.": "openssl"},
    "luajit": {"luajit": "luajit"},
    "memcached": {"memcached": "memcached"},
    "musl": {"libc.so": "musl"},
    "perl-base": {"perl": "perl"},
    "redis-tools": {"redis-check-rdb": "redis"},
    "tini": {"tini": "tini"},
    "zlib1g": {"libz.so.": "zlib"},
}
"""Small packages of Debian 12: beginnings of file names, and what such files are."""


class Window:
    """Content that is not in memory, and counts what is read of it."""

    def __init__(self, data, size=None):
        self.data, self.size, self.taken = data, size or len(data), 0

    def read(self, offset, size):
        self.taken += min(size, max(0, self.size - offset))
        return self.data[offset : offset + size].ljust(min(size, self.size - offset), b"\0")


def purls(name, content):
    return [each.purl for each in binary_signature.parse(File(path=name, content=content))]


def file_names(program):
    for name in program.files:
        yield name.replace("*", "3.11x" if name.endswith("-*") else "3.11.so.1.0")


def text(mark):
    shape = re.search(r"\{.*?\}", mark)[0]
    return mark.replace(shape, SAMPLES[shape]).encode(), SAMPLES[shape]


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_every_mark_of_every_program_tells_its_version(program: Program):
    for name in file_names(program):
        assert program in named(name), name
        for mark in program.marks:
            data, sample = text(mark)
            file = File(path=f"opt/{name}", content=ELF + b"\0some text" + data + b" and more\0")
            assert version(file, program) == sample, (name, mark)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_no_program_is_told_by_its_name_alone(program: Program):
    for name in file_names(program):
        assert purls(name, ELF + b"\0a text of 1.2.3 words\0") == []
        assert purls(name, ELF + b"\0" + program.marks[0].partition("{")[0].encode()) == []


def test_sixty_programs_are_confirmed_and_each_entry_is_sound():
    assert len({(each.namespace, each.name) for each in PROGRAMS if each.seen}) >= 60
    for program in PROGRAMS:
        assert not program.licence or spdx(program.licence) == program.licence, program.name
        assert re.fullmatch(r"([a-z0-9_.-]+:[a-z0-9_./-]+)?", program.cpe), program.name
        assert all(re.fullmatch(r"(deb|npm|pypi):\S+", place) for place in program.seen)
        PackageURL(program.type, program.namespace, program.name, "1")
        for mark in program.marks:
            assert len(re.findall(r"\{.*?\}", mark)) == 1
            assert re.search(r"\{.*?\}", mark)[0] in SHAPES
            literal = ready(mark, "3.11").literal
            assert len(literal.strip(b"\0")) >= 4 or "." in literal.decode(), mark


def test_chromium_is_told_by_its_own_version_among_addresses_and_other_versions():
    others = b"\x00212.60.61.246\x00Default\x0015.0.245.13\x00153.0.8010.0\x00Chrome/156.0.0.0\0"
    assert purls("chrome", ELF + others) == []
    assert purls("chrome", ELF + others + b"\x00156.0.8078.79\x00a69\0") == [
        "pkg:generic/chrome@156.0.8078.79"
    ]


def test_a_version_is_found_across_the_edge_of_a_chunk():
    mark = b"@(#)Bash version 5.2.15(1) release GNU\0"
    for at in range(CHUNK_BYTES - len(mark), CHUNK_BYTES + 1, 5):
        assert purls("bash", ELF[:4].ljust(at, b"\0") + mark) == ["pkg:generic/bash@5.2.15"]
    data = bytes(CHUNK_BYTES - 12) + b"\x0010.11.6-MariaDB\0"
    assert purls("mariadbd", data) == ["pkg:generic/mariadb@10.11.6"]


def test_only_a_file_of_a_known_name_is_read():
    for name in ("ls", "libfoo.so.1", "Bash", "bash.txt", "xbash", "a-b-c", "1", "-", ".exe"):
        window = Window(ELF + b"@(#)Bash version 5.2.15(1) release GNU")
        assert purls(name, window) == []
        assert window.taken == 0


def test_a_python_is_told_by_the_number_in_its_name_and_its_bytes_alike():
    data = ELF + b"\x003.40.1\x003.11.2\x003.9.1\0"
    assert purls("usr/bin/python3.11", data) == ["pkg:generic/python@3.11.2"]
    assert purls("python311.dll", data) == ["pkg:generic/python@3.11.2"]
    assert purls("libpython3.9.so.1.0", data) == ["pkg:generic/python@3.9.1"]
    for unclear in ("python", "python3", "python3.12", "libpython3.so", "python3.11-config"):
        assert [each for each in purls(unclear, data) if "3.11.2" not in each] == []


def test_programs_of_one_name_are_told_apart():
    assert purls("mysqld", ELF + b"\x0010.11.6-MariaDB\0") == ["pkg:generic/mariadb@10.11.6"]
    assert purls("mysqld", ELF + b"/pb2/release/mysql-8.4.2/sql/x.cc") == [
        "pkg:generic/mysql@8.4.2"
    ]
    assert purls("nginx", ELF + b"nginx version: openresty/1.21.4.1\n") == [
        "pkg:generic/openresty@1.21.4.1"
    ]
    assert purls("libcrypto.so.47", ELF + b"\0LibreSSL 3.4.1\0") == ["pkg:generic/libressl@3.4.1"]
    assert purls("deno", ELF + b"Exporter-Deno/0.80.0 x Deno/2.9.6+e518") == [
        "pkg:generic/deno@2.9.6"
    ]


def test_a_file_full_of_marks_without_a_version_is_given_up():
    with pytest.raises(ParseError, match=f"no version of nginx at {MAX_PLACES} likely places"):
        purls("nginx", ELF + b"nginx version: nginx/" * (MAX_PLACES + 2))


def test_what_is_too_large_to_search_is_searched_in_part_and_said_to_be():
    window = Window(ELF, MAX_SEARCH_BYTES + 5_000_000)
    window.read = lambda offset, size: bytes(min(size, 64))
    with pytest.raises(ParseError, match="no version of bash in the first"):
        purls("bash", window)


def test_another_files_name_costs_less_than_ten_microseconds():
    files = [File(path=f"usr/lib/x/lib{n}name-{n}.so.{n}", content=ELF) for n in range(2000)]
    best = min(spent(files) for _ in range(9))
    assert best / len(files) < 10e-6


def spent(files):
    start = time.process_time()
    for file in files:
        list(binary_signature.parse(file))
    return time.process_time() - start


@pytest.fixture(scope="module")
def fetched(request):
    """A folder of unpacked Debian packages, kept from run to run."""
    if which("apt-get") is None or which("dpkg-deb") is None:
        pytest.skip("needs apt-get and dpkg-deb")
    if not KEPT and not os.environ.get("HULLMARK_CI"):
        pytest.skip("made in CI, or where HULLMARK_TEST_CACHE names a folder to keep packages in")
    kept = Path(KEPT) if KEPT else Path(request.config.cache.mkdir("hullmark"))

    home = kept / "signatures"
    missing = [package for package in PACKAGES if not (home / package).exists()]
    if missing:
        download = home / "download"
        download.mkdir(parents=True, exist_ok=True)
        done = run(["apt-get", "download", "-qq", *missing], cwd=download, check=False)
        if done.returncode:
            pytest.skip("the packages are not to be had")
    for package in missing:
        (archive,) = download.glob(f"{package}_*.deb")
        root = home / f"{package}.part"
        run(["dpkg-deb", "-x", archive, root], check=True)
        control = ["dpkg-deb", "-f", archive, "Version"]
        told = run(control, capture_output=True, text=True, check=True).stdout.strip()
        (root / "version").write_text(told)
        root.rename(home / package)
        archive.unlink()
    return home


@pytest.mark.parametrize("package", PACKAGES)
def test_a_real_program_is_of_its_packages_version(package, fetched):
    root = fetched / package
    wanted = upstream((root / "version").read_text())
    for start, name in PACKAGES[package].items():
        found = [
            fact.purl
            for path in root.rglob(f"{start}*")
            if path.is_file() and not path.is_symlink() and path.read_bytes()[:4] == b"\x7fELF"
            for fact in binary_signature.parse(File(path=path.name, content=path.read_bytes()))
        ]
        assert found, f"{package}: no {start}"
        assert {each.partition("@")[2] for each in found} == {wanted}
        assert {each.partition("@")[0] for each in found} == {f"pkg:generic/{name}"}


def upstream(debian):
    """A package's version without what Debian adds."""
    without = debian.partition(":")[2] or debian
    plain = re.split(r"[+~.](?:dfsg|ds|really|git)", without.rpartition("-")[0] or without)[0]
    return plain.replace("~", "-")
