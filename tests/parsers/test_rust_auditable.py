"""Lists of crates inside real executables."""

import zlib
from json import dumps
from shutil import which
from subprocess import run

import pytest

from hullmark.model import File, ParseError
from hullmark.parsers.rust_auditable import MAX_LIST_BYTES, rust_auditable

needs_objcopy = pytest.mark.skipif(which("objcopy") is None, reason="needs objcopy")
needs_cargo = pytest.mark.skipif(which("cargo") is None, reason="needs cargo")

CRATES = {
    "packages": [
        {"name": "app", "version": "1.0.0", "source": "local", "root": True},
        {"name": "made", "version": "0.1.0+x", "source": "git", "kind": "runtime"},
        {"name": "maker", "version": "0.2.0", "source": "crates.io", "kind": "build"},
        {"name": "odd", "version": "3.0.0", "source": {"custom": 1}},
    ]
}


@pytest.fixture
def carrying(tmp_path):
    """A real program with this content in its section."""

    def carrying(content, program="/bin/sh"):
        (tmp_path / "list").write_bytes(content)
        added = f"--add-section=.dep-v0={tmp_path / 'list'}"
        run(["objcopy", added, program, tmp_path / "program"], check=True)
        return (tmp_path / "program").read_bytes()

    return carrying


def purls(content):
    return [fact.purl for fact in rust_auditable.parse(File(path="app", content=content))]


@needs_objcopy
def test_crates_built_in_are_found_and_build_tools_left_out(carrying):
    assert purls(carrying(zlib.compress(dumps(CRATES).encode()))) == [
        "pkg:cargo/app@1.0.0",
        "pkg:cargo/made@0.1.0%2Bx",
        "pkg:cargo/odd@3.0.0",
    ]


@needs_cargo
@needs_objcopy
def test_a_program_built_by_cargo_is_read_once_it_carries_its_list(tmp_path, carrying):
    project = tmp_path / "app"
    (project / "src").mkdir(parents=True)
    (project / "Cargo.toml").write_text('[package]\nname = "app"\nversion = "1.0.0"\n')
    (project / "src/main.rs").write_text("fn main() {}\n")
    command = ["cargo", "build", "-q", "--offline"]
    built = run(command, check=False, cwd=project, capture_output=True)
    if built.returncode:
        pytest.skip("needs a linker for cargo")
    program = project / "target/debug/app"
    assert purls(program.read_bytes()) == []
    listed = carrying(zlib.compress(dumps(CRATES).encode()), program)
    assert purls(listed)[0] == "pkg:cargo/app@1.0.0"


@needs_objcopy
@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"rubbish", "does not inflate"),
        (zlib.compress(b"{}" * 99)[:9], "cut short"),
        (zlib.compress(b" " * (MAX_LIST_BYTES + 1)), "more than"),
        (zlib.compress(b"[1]"), "JSON"),
        (zlib.compress(b'{"packages": [{"name": 1}]}'), "JSON"),
    ],
)
def test_a_list_that_cannot_be_read_is_an_error(carrying, content, why):
    with pytest.raises(ParseError, match=why):
        purls(carrying(content))


def test_a_program_without_a_list_yields_nothing():
    with open("/bin/sh", "rb") as shell:
        assert purls(shell.read()) == []
    assert purls(b"\x7fELF") == []
    assert purls(b"MZ") == []


def test_a_windows_program_is_read_by_its_section_table():
    crates = zlib.compress(dumps(CRATES).encode())
    head = b"MZ".ljust(60, b"\0") + (64).to_bytes(4, "little")
    coff = b"PE\0\0" + b"\x64\x86" + (1).to_bytes(2, "little") + bytes(12) + b"\xf0\0\x22\0"
    optional = b"\x0b\x02".ljust(240, b"\0")
    start = 64 + 24 + 240 + 40
    sizes = (len(crates), 0x1000, len(crates), start)
    section = b".dep-v0\0" + b"".join(number.to_bytes(4, "little") for number in sizes)
    content = head + coff + optional + section.ljust(40, b"\0") + crates
    assert purls(content)[0] == "pkg:cargo/app@1.0.0"
