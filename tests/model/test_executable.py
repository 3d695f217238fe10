"""What executables tell of their layout, compared with what binutils say."""

from re import finditer
from shutil import which
from subprocess import run

import pytest

from hullmark.model import File
from hullmark.model.executable import elf_section_names, executable

needs_binutils = pytest.mark.skipif(
    which("readelf") is None or which("objcopy") is None, reason="needs binutils"
)


def opened(content):
    return File(path="program", content=content)


def sections_by_readelf(path):
    table = run(["readelf", "-SW", path], capture_output=True, text=True, check=True).stdout
    row = r"\] (\.\S*) +(\S+) +([0-9a-f]+) ([0-9a-f]{6,}) ([0-9a-f]{6,}) "
    return [
        (found[1].encode(), int(found[3], 16), int(found[4], 16), int(found[5], 16))
        for found in finditer(row, table)
        if found[2] != "NOBITS"
    ]


@pytest.fixture(params=["elf64-x86-64", "elf32-i386", "elf64-big", "elf32-big"])
def elf(request, tmp_path):
    """An object of this class and byte order."""
    (tmp_path / "blob").write_bytes(b"content" * 9)
    target = tmp_path / "blob.o"
    command = ["objcopy", "-I", "binary", "-O", request.param, tmp_path / "blob", target]
    if run(command, check=False, capture_output=True).returncode:
        pytest.skip(f"needs binutils for {request.param}")
    return target


@needs_binutils
def test_sections_of_every_class_and_byte_order_are_those_of_readelf(elf):
    layout = executable(opened(elf.read_bytes()))
    found = [
        (span.name, span.address, span.offset, span.size) for span in layout.sections if span.name
    ]
    assert found == sections_by_readelf(elf)
    assert layout.section(b".data").size == 63


@needs_binutils
def test_sections_of_a_program_are_those_of_readelf():
    with open("/bin/sh", "rb") as shell:
        layout = executable(opened(shell.read()))
    found = [
        (span.name, span.address, span.offset, span.size) for span in layout.sections if span.name
    ]
    assert found == sections_by_readelf("/bin/sh")
    assert layout.data().data
    text = layout.section(b".text")
    assert layout.offset(text.address + 1) == text.offset + 1
    assert layout.offset(1 << 60) == -1


@needs_binutils
def test_names_of_an_elf_file_hold_every_section(elf):
    names = elf_section_names(opened(elf.read_bytes())).split(b"\0")
    assert {name for name, *_ in sections_by_readelf(elf)} <= set(names)


class Counted:
    """Random access that counts its reads."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.data = file.read()
        self.size = len(self.data)
        self.reads = 0

    def read(self, offset, size):
        self.reads += 1
        return self.data[offset : offset + size]


def test_names_of_a_program_take_at_most_three_reads():
    content = Counted("/bin/sh")
    assert b".text\0" in elf_section_names(opened(content))
    assert content.reads <= 3


@pytest.mark.parametrize("start", [b"\x7fELF", b"MZ", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa\xce"])
def test_rubbish_has_no_parts_and_raises_nothing(start):
    for filler in (b"\0", b"\1", b"\2\1", b"\x01\x02", b"\xff", b"\x40\0\0\0"):
        for size in (0, 3, 20, 60, 100, 5000):
            content = start + (filler * size)[:size]
            layout = executable(opened(content))
            assert elf_section_names(opened(content)) == b""
            assert layout is None or not [span for span in layout.segments if span.data]


def test_a_section_table_beyond_the_end_is_absent():
    with open("/bin/sh", "rb") as shell:
        content = bytearray(shell.read())
    content[40:48] = (1 << 62).to_bytes(8, "little")
    layout = executable(opened(bytes(content)))
    assert layout.sections == ()
    assert layout.segments
