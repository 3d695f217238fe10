"""Package notes that real linkers write."""

from json import dumps
from shutil import which
from subprocess import run

import pytest

from hullmark.model import File, ParseError
from hullmark.parsers.elf_package import MAX_NOTE_BYTES, elf_package

needs_gcc = pytest.mark.skipif(which("gcc") is None, reason="needs gcc")
needs_objcopy = pytest.mark.skipif(which("objcopy") is None, reason="needs objcopy")

FEDORA = {
    "type": "rpm",
    "name": "weir",
    "version": "2.4.1-3.fc40",
    "architecture": "x86_64",
    "osCpe": "cpe:/o:fedoraproject:fedora:40",
}


def parsed(content):
    return list(elf_package.parse(File(path="usr/bin/weir", content=content)))


@pytest.fixture
def linked(tmp_path):
    """A program whose linker was given this note."""

    def linked(note):
        (tmp_path / "weir.c").write_text("int main(void) { return 0; }")
        (tmp_path / "note").write_text(f"--package-metadata='{dumps(note)}'\n")
        option = f"-Wl,@{tmp_path / 'note'}"
        run(["gcc", "-o", "weir", option, "weir.c"], cwd=tmp_path, check=True)
        return (tmp_path / "weir").read_bytes()

    return linked


@pytest.fixture
def holding(tmp_path):
    """A program with these bytes as its note section."""

    def holding(section):
        (tmp_path / "section").write_bytes(section)
        added = f"--add-section=.note.package={tmp_path / 'section'}"
        run(["objcopy", added, "/bin/sh", tmp_path / "weir"], check=True)
        return (tmp_path / "weir").read_bytes()

    return holding


def note(text, kind=0xCAFE1A7E, owner=b"FDO\0", size=None):
    length = len(text) if size is None else size
    head = b"".join(number.to_bytes(4, "little") for number in (len(owner), length, kind))
    return head + owner + bytes(-len(owner) % 4) + text + bytes(-len(text) % 4)


@needs_gcc
def test_a_note_of_the_linker_names_the_package_and_its_distribution(linked):
    (found,) = parsed(linked(FEDORA))
    assert found.purl == "pkg:rpm/fedora/weir@2.4.1-3.fc40?arch=x86_64&distro=fedora-40"
    assert (found.source, found.source_version) == ("weir", "2.4.1-3.fc40")
    assert found.path == "usr/bin/weir!/.note.package"


@needs_gcc
@pytest.mark.parametrize(
    ("fields", "purl"),
    [
        (
            {"osCpe": "cpe:/o:redhat:enterprise_linux:10"},
            "pkg:rpm/redhat/weir@2?distro=rhel-10",
        ),
        (
            {"osCpe": "cpe:2.3:o:fedoraproject:fedora:41:*:*:*:*:*:*:*"},
            "pkg:rpm/fedora/weir@2?distro=fedora-41",
        ),
        ({"os": "fedora", "osVersion": "33"}, "pkg:rpm/fedora/weir@2?distro=fedora-33"),
        ({"type": "deb", "os": "debian"}, "pkg:deb/debian/weir@2?distro=debian"),
        ({"type": "deb"}, "pkg:deb/weir@2"),
        ({"type": "weirpack", "os": "weiros"}, "pkg:generic/weir@2"),
    ],
)
def test_the_distribution_is_told_by_its_name_or_its_cpe(linked, fields, purl):
    (found,) = parsed(linked({"type": "rpm", "name": "weir", "version": "2", **fields}))
    assert found.purl == purl


@needs_objcopy
def test_other_notes_before_the_packages_are_passed_over(holding):
    section = note(b"abc", owner=b"Linux\0") + note(b"{}", kind=1) + note(dumps(FEDORA).encode())
    (found,) = parsed(holding(section))
    assert found.name == "weir"


@needs_objcopy
@pytest.mark.parametrize(
    ("section", "why"),
    [
        (b"\1", "no package note"),
        (note(b"{}", owner=b"GNU\0"), "no package note"),
        (note(b"{}"), "without a name"),
        (note(b"[1]"), "JSON"),
        (note(b'{"name": 1}'), "JSON"),
        (note(b'{"name": "a"' + b" " * MAX_NOTE_BYTES + b"}"), "JSON"),
        (note(b"", size=0xFFFFFFFF), "JSON"),
    ],
)
def test_a_note_that_cannot_be_read_is_an_error(holding, section, why):
    with pytest.raises(ParseError, match=why):
        parsed(holding(section))


def test_a_program_without_a_note_yields_nothing():
    with open("/bin/sh", "rb") as shell:
        assert parsed(shell.read()) == []
    assert parsed(b"\x7fELF") == []


@needs_objcopy
def test_a_program_of_a_distribution_package_is_not_reported_beside_it(holding, scan, tmp_path):
    root = tmp_path / "root"
    for folder in ("usr/bin", "opt", "etc", "var/lib/dpkg/info"):
        (root / folder).mkdir(parents=True)
    (root / "etc/os-release").write_text("ID=debian\nVERSION_ID=13\n")
    status = "Package: weir\nStatus: install ok installed\nArchitecture: amd64\nVersion: 2\n\n"
    (root / "var/lib/dpkg/status").write_text(status)
    (root / "var/lib/dpkg/info/weir.list").write_text("/usr\n/usr/bin\n/usr/bin/weir\n")
    for path in ("usr/bin/weir", "opt/weir"):
        (root / path).write_bytes(holding(note(dumps(FEDORA).encode())))
        (root / path).chmod(0o755)
    report = scan(f"dir:{root}")
    found = [(package.path, package.purl) for package in report.packages]
    assert found == [
        (
            "var/lib/dpkg/status",
            "pkg:deb/debian/weir@2?arch=amd64&distro=debian-13",
        ),
        (
            "opt/weir!/.note.package",
            "pkg:rpm/fedora/weir@2.4.1-3.fc40?arch=x86_64&distro=fedora-40",
        ),
    ]
    (root / "etc/os-release").unlink()
    (root / "var/lib/dpkg/status").unlink()
    assert not scan(f"dir:{root}").gaps
