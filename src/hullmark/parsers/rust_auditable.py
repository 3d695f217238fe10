"""Rust programs that carry the list of their crates, as cargo-auditable builds them.

Format: https://github.com/rust-secure-code/cargo-auditable/blob/master/PARSING.md - a section
``.dep-v0`` that holds JSON compressed by zlib.
"""

import zlib
from collections.abc import Iterator

from msgspec import Struct

from hullmark.model import File, Package, ParseError
from hullmark.model.executable import MAGIC, elf_section_names, executable
from hullmark.unit import parser

SECTION = b".dep-v0"
MAX_PACKED_BYTES = 4 * 1024 * 1024
MAX_LIST_BYTES = 8 * 1024 * 1024
"""What the format's own readers allow; a list of 1,000 crates has some 100 KB."""

_LIST = b"""{"packages": [
  {"name": "app", "version": "0.3.0", "source": "local", "root": true, "dependencies": [1, 2]},
  {"name": "libc", "version": "0.2.155", "source": "crates.io"},
  {"name": "cc", "version": "1.0.98", "source": "crates.io", "kind": "build"}]}"""
_EXAMPLE = (
    bytes.fromhex("7f454c46020101000000000000000000 02003e0001000000 0000000000000000")
    + bytes.fromhex("0000000000000000 5000000000000000 00000000 4000 0000 0000 4000 0300 0200")
    + b"\0.dep-v0\0.names\0"
    + bytes(64)
    + bytes.fromhex("01000000 01000000 0000000000000000 0000000000000000 1001000000000000")
    + len(zlib.compress(_LIST)).to_bytes(8, "little").ljust(32, b"\0")
    + bytes.fromhex("09000000 03000000 0000000000000000 0000000000000000 4000000000000000")
    + (16).to_bytes(8, "little").ljust(32, b"\0")
    + zlib.compress(_LIST)
)


class Crate(Struct, frozen=True):
    """One crate of the program; ``kind`` is ``build`` for what only the compiler ran."""

    name: str
    version: str
    kind: str = "runtime"


class Crates(Struct, frozen=True):
    """The whole list."""

    packages: tuple[Crate, ...]


@parser(
    id="rust-auditable",
    magic=MAGIC,
    example=File(path="usr/bin/app", content=_EXAMPLE),
    expect=("pkg:cargo/app@0.3.0", "pkg:cargo/libc@0.2.155"),
)
def rust_auditable(file: File) -> Iterator[Package]:
    """Yield the program itself and every crate built in, whatever source it came from.

    Crates that only helped to build it are left out. A program built by plain cargo carries no
    list and yields nothing.
    """
    names = elf_section_names(file)
    if names and SECTION not in names:
        return
    layout = executable(file)
    section = layout.section(SECTION) if layout else None
    if section is None:
        return
    packed = file.read(section.offset, min(section.size, MAX_PACKED_BYTES))
    crates = File(path=file.path, content=_inflate(file.path, packed)).json(Crates)
    for crate in crates.packages:
        if crate.kind != "build":
            yield Package(type="cargo", name=crate.name, version=crate.version, path=file.path)


def _inflate(path: str, packed: bytes) -> bytes:
    """The JSON; a linker may have padded the section."""
    stream = zlib.decompressobj()
    try:
        data = stream.decompress(packed, MAX_LIST_BYTES)
    except zlib.error as error:
        raise ParseError(path, f"the list of crates does not inflate: {error}") from error
    if not stream.eof:
        why = f"the list of crates is cut short or has more than {MAX_LIST_BYTES} bytes"
        raise ParseError(path, why)
    return data
