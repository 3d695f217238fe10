"""Published .NET programs, and single files that .NET would unpack or map."""

from json import dumps
from shutil import which
from struct import pack
from subprocess import run

import pytest

from hullmark.model import File, ParseError
from hullmark.parsers import dotnet_bundle as unit
from hullmark.parsers.dotnet_bundle import SIGNATURE, dotnet_bundle
from hullmark.parsers.dotnet_deps import dotnet_deps

needs_gcc = pytest.mark.skipif(which("gcc") is None, reason="needs gcc")

HOST = """
#include <stdint.h>
static volatile uint8_t place[] = {0, 0, 0, 0, 0, 0, 0, 0, %s};
int main(void) { return *(volatile int64_t *)place == 0; }
"""
TARGET = ".NETCoreApp,Version=v8.0/linux-x64"
DLL: dict[str, object] = {"runtime": {"a.dll": {}}}


def deps(targets, types, target=TARGET):
    return dumps(
        {
            "runtimeTarget": {"name": target, "signature": ""},
            "targets": {TARGET: targets},
            "libraries": {key: {"type": kind} for key, kind in types.items()},
        }
    ).encode()


def parse(parser, content, path="app/shop"):
    found = []
    try:
        found.extend(parser.parse(File(path=path, content=content)))
    except ParseError as error:
        return found, error.why
    return found, ""


def purls(parser, content):
    found, problem = parse(parser, content)
    assert problem == ""
    return [package.purl for package in found]


SMALL = deps({"Shop/1.0.0": DLL}, {"Shop/1.0.0": "project"})


def test_what_was_published_is_told_with_who_needs_whom():
    listed = deps(
        {
            "Shop/1.0.0": {"dependencies": {"Serilog": "4.0.1", "Shop.Core": "2.0.0"}, **DLL},
            "Shop.Core/2.0.0": {"dependencies": {"Npgsql": "8.0.3"}, **DLL},
            "Serilog/4.0.1": {"dependencies": {"System.Text.Json": "8.0.5"}, **DLL},
            "Npgsql/8.0.3": {"runtimeTargets": {"runtimes/unix/lib/a.dll": {}}},
            "System.Text.Json/8.0.5": {"resources": {"lib/de/a.resources.dll": {}}},
            "SQLite/3.0.0": {"native": {"libe_sqlite3.so": {}}},
        },
        {
            "Shop/1.0.0": "project",
            "Shop.Core/2.0.0": "project",
            "Serilog/4.0.1": "package",
            "Npgsql/8.0.3": "package",
            "System.Text.Json/8.0.5": "package",
            "SQLite/3.0.0": "package",
        },
    )
    found, problem = parse(dotnet_deps, listed)
    assert problem == ""
    assert {p.name: (p.direct, len(p.requires)) for p in found} == {
        "Shop": (None, 2),
        "Shop.Core": (None, 1),
        "Serilog": (True, 1),
        "Npgsql": (True, 0),
        "System.Text.Json": (False, 0),
        "SQLite": (False, 0),
    }
    assert not any(package.declared for package in found)


def test_what_only_helped_to_build_or_is_found_on_the_machine_is_left_out():
    kinds = ("package", "project", "reference", "referenceassembly", "platform", "RuntimePack")
    types = {f"{kind}.x/1.0": kind for kind in kinds}
    assert purls(dotnet_deps, deps(dict.fromkeys(types, DLL), types)) == [
        "pkg:nuget/package.x@1.0",
        "pkg:nuget/project.x@1.0",
        "pkg:nuget/RuntimePack.x@1.0",
    ]
    assert purls(dotnet_deps, deps({key: {} for key in types}, types)) == []


def test_a_runtime_that_was_published_along_has_its_packages_name():
    key = "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.11"
    targets = {"Shop/1.0.0": {"dependencies": dict([key.split("/")]), **DLL}, key: DLL}
    listed = deps(targets, {"Shop/1.0.0": "project", key: "runtimepack"})
    shop, runtime = parse(dotnet_deps, listed)[0]
    assert runtime.purl == "pkg:nuget/Microsoft.NETCore.App.Runtime.linux-x64@8.0.11"
    assert shop.requires == (runtime.purl,)
    assert runtime.direct is True


def test_a_file_whose_target_is_missing_still_tells_its_libraries():
    types = {"a/1": "package", "b/2": "package"}
    found, _ = parse(dotnet_deps, deps({"a/1": {}}, types, target="other"))
    assert [(each.purl, each.direct) for each in found] == [
        ("pkg:nuget/a@1", None),
        ("pkg:nuget/b@2", None),
    ]


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    """A program with a place for the header's offset, stripped and not."""
    folder = tmp_path_factory.mktemp("host")
    (folder / "host.c").write_text(HOST % ", ".join(map(str, SIGNATURE)))
    run(["gcc", "-s", "-o", "host", "host.c"], cwd=folder, check=True)
    return (folder / "host").read_bytes()


def bundled(host, version, listed=SMALL, files=("Shop.dll", "a" * 200, "Shop.deps.json")):
    """The program with a bundle behind it, as the bundler of that version lays it out."""
    body = host + b"MZ".ljust(4096, b"\0")
    at = len(body)
    entries = b""
    for name in files:
        place = (at, len(listed)) if name.endswith(".deps.json") else (len(host), 4096)
        length = len(name)
        prefix = bytes((length,)) if length < 128 else bytes((length & 127 | 128, length >> 7))
        entries += pack("<qq", *place) + (bytes(8) if version == 6 else b"")
        entries += b"\x03" + prefix + name.encode()
    header = pack("<IIi", version, 0, len(files)) + b"\x0c" + b"x" * 12
    if version > 1:
        header += pack("<qqqqQ", at, len(listed) if files else 0, 0, 0, 0)
    where = body.index(SIGNATURE) - 8
    offset = (at + len(listed)).to_bytes(8, "little")
    return body[:where] + offset + body[where + 8 :] + listed + header + entries


@needs_gcc
@pytest.mark.parametrize("version", [1, 2, 6])
def test_bundles_of_all_versions_tell_their_libraries(host, version):
    assert purls(dotnet_bundle, bundled(host, version)) == ["pkg:nuget/Shop@1.0.0"]


@needs_gcc
def test_a_program_without_a_bundle_yields_nothing(host):
    assert purls(dotnet_bundle, host) == []
    assert purls(dotnet_bundle, host + bytes(10_000)) == []


@needs_gcc
def test_a_bundle_without_a_list_is_an_error(host):
    for version in (1, 2):
        found, problem = parse(dotnet_bundle, bundled(host, version, files=()))
        assert (found, problem) == ([], "a .NET bundle without a list of its dependencies")


@needs_gcc
def test_a_bundle_that_is_cut_short_is_an_error(host):
    for version in (1, 2, 6):
        whole = bundled(host, version)
        for cut in (1, 60, 400, 700):
            found, problem = parse(dotnet_bundle, whole[: len(whole) - cut])
            assert found or problem


@needs_gcc
def test_numbers_that_promise_much_cost_little(host):
    whole = bundled(host, 1)
    at = whole.rindex(pack("<IIi", 1, 0, 3))
    found, _ = parse(dotnet_bundle, whole[:at] + pack("<IIi", 1, 0, 2**31 - 1) + whole[at + 12 :])
    assert len(found) == 1
    huge = whole[:at] + pack("<IIi", 2, 0, 1) + b"\0" + pack("<qq", 1, 2**62)
    assert "without a list" in parse(dotnet_bundle, huge)[1]


def windows(data):
    """A PE file of one section of data."""
    head = b"MZ".ljust(60, b"\0") + pack("<I", 64)
    coff = b"PE\0\0" + pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, 112, 0x22)
    optional = pack("<H", 0x20B).ljust(112, b"\0")
    section = pack(
        "<8sIIIIIIHHI", b".data", len(data), 0x1000, len(data), 512, 0, 0, 0, 0, 0xC0000040
    )
    return (head + coff + optional + section).ljust(512, b"\0") + data


def test_bundles_for_windows_are_read():
    host = windows(bytes(40) + SIGNATURE + bytes(200))
    assert purls(dotnet_bundle, host) == []
    assert purls(dotnet_bundle, bundled(host, 6)) == ["pkg:nuget/Shop@1.0.0"]


def test_a_signature_across_two_pieces_is_found(monkeypatch):
    monkeypatch.setattr(unit, "_CHUNK_BYTES", 64)
    for before in range(20, 100):
        host = windows(bytes(before) + SIGNATURE + bytes(64))
        assert purls(dotnet_bundle, bundled(host, 6)) == ["pkg:nuget/Shop@1.0.0"]
