"""Go executables: the module versions that the Go linker writes into every program.

Format: https://pkg.go.dev/debug/buildinfo and https://pkg.go.dev/runtime/debug#BuildInfo. A
header of 32 bytes is followed by both texts (since Go 1.18) or holds pointers to them.
"""

from collections.abc import Iterator
from typing import Literal

from hullmark.binaries.stamps import stamped
from hullmark.model import File, Package, ParseError
from hullmark.model.executable import MAGIC, Executable, elf_section_names, executable
from hullmark.model.go_symbols import Built, GoSymbols, symbols
from hullmark.model.later import regex
from hullmark.unit import parser

BUILD_INFO = b"\xff Go buildinf:"
MAX_SEARCH_BYTES = 1024 * 1024
"""Linkers put the header first in the data segment; Go's own reader searched 64 KB of it."""
MAX_MODULES_BYTES = 1024 * 1024
"""Some 10,000 modules; Kubernetes has 300."""
MAX_FLAGS_CHARS = 16 * 1024

_HEADER_BYTES = 32
_ALIGNMENT = 16
_BIG_ENDIAN, _INLINE = 1, 2
_GUARD_BYTES = 16
"""Random bytes on both sides of the module text, by which a debugger finds it in memory."""

_TOOLCHAIN = regex(r"(?:^|\s)go([0-9]\S*)").search
_STAMP = regex(
    r"""-X[\s="']{1,3}([^\s"'=]{0,500})\.(?:[vV]ersion|VERSION|[vV]er)=["']?"""
    r"""v?([0-9]{1,9}(?:\.[0-9]{1,9}){1,2}[-+.0-9A-Za-z]{0,100})"""
).findall
_STAMP_HOMES = ("main", "common", "version", "cmd")
_LOCAL = regex(r"\.{0,2}[/\\]|\.{1,2}\Z|[A-Za-z]:[/\\]").match

_Order = Literal["big", "little"]

_EXAMPLE = (
    bytes.fromhex("7f454c46020101000000000000000000 02003e0001000000 0000000000000000")
    + bytes.fromhex("4000000000000000 0000000000000000 00000000 4000 3800 0100 4000 0000 0000")
    + bytes.fromhex("01000000 06000000 8000000000000000 8000400000000000 8000400000000000")
    + bytes.fromhex("0002000000000000 0002000000000000 1000000000000000 0000000000000000")
    + BUILD_INFO.ljust(15, b"\x08") + b"\x02".ljust(17, b"\0")
    + b"\x08go1.22.1" + b"\xb1\x01" + b"0123456789abcdef"
    + b"path\texample.org/app/cmd/app\n"
    b"mod\texample.org/app\tv1.4.0\th1:\n"
    b"dep\texample.org/Old/lib\tv1.0.0\n"
    b"=>\texample.org/Fork/lib\tv1.0.1\th1:\n"
    b"build\t-compiler=gc\n"
    + b"0123456789abcdef"
)  # fmt: skip


@parser(
    id="go-binary",
    magic=MAGIC,
    version=5,
    example=File(path="usr/bin/app", content=_EXAMPLE),
    expect=(
        "pkg:golang/stdlib@1.22.1",
        "pkg:golang/example.org/app@v1.4.0",
        "pkg:golang/example.org/Fork/lib@v1.0.1",
    ),
)
def go_binary(file: File) -> Iterator[Package | GoSymbols]:
    """Yield the standard library, the main module, every module built in, and which functions are.

    A replaced module is named as what replaced it; one replaced by a local folder keeps its
    name and has no version. A main module built from a checkout has the version stamped with
    ``-ldflags -X``, else none; one built outside of module mode is named by its command's path.
    A well-known program that does not tell its flags has the one version among its texts.
    Not read: programs packed by UPX, universal Mach-O files.
    """
    names = elf_section_names(file)
    if names and b".go." not in names and b".gopclntab" not in names:
        return
    layout = executable(file)
    if layout is None or (names and layout.section(b".text") is None):
        return  # no program: a script with an unlucky start, or detached debug information
    at = _build_info(file, layout)
    if at >= 0:
        toolchain, modules = _texts(file, layout, at)
        yield from _packages(file, toolchain, modules)
        if found := symbols(file, layout, _built(modules)):
            yield found
    elif names:
        raise ParseError(file.path, "a Go program without build information")


def _build_info(file: File, layout: Executable) -> int:
    """Where the header starts; -1 when there is none."""
    span = layout.section(b".go.buildinfo") or layout.section(b"__go_buildinfo") or layout.data()
    if span is None:
        return -1
    data = file.read(span.offset, min(span.size, MAX_SEARCH_BYTES))
    at = data.find(BUILD_INFO)
    while at >= 0 and (span.address + at) % _ALIGNMENT:
        at = data.find(BUILD_INFO, at + 1)
    return -1 if at < 0 else span.offset + at


def _texts(file: File, layout: Executable, at: int) -> tuple[str, str]:
    """Version of the toolchain, and the module text without its guards."""
    header = file.read(at, _HEADER_BYTES)
    if len(header) < _HEADER_BYTES:
        raise ParseError(file.path, "the Go build information is cut short")
    if header[15] & _INLINE:
        toolchain, at = _counted(file, at + _HEADER_BYTES)
        modules, _ = _counted(file, at)
    else:
        word = header[14]
        order: _Order = "big" if header[15] & _BIG_ENDIAN else "little"
        toolchain = _pointed(file, layout, header[16 : 16 + word], order)
        modules = _pointed(file, layout, header[16 + word : 16 + 2 * word], order)
    if not toolchain:
        raise ParseError(file.path, "the Go build information names no toolchain")
    guarded = modules[-_GUARD_BYTES - 1 : -_GUARD_BYTES] == b"\n"
    text = modules[_GUARD_BYTES:-_GUARD_BYTES] if guarded else b""
    return toolchain.decode(errors="replace"), text.decode(errors="replace")


def _counted(file: File, at: int) -> tuple[bytes, int]:
    """A text after its length as a varint, and where it ends."""
    head = file.read(at, 10)
    length = 0
    for index, byte in enumerate(head):
        length |= (byte & 0x7F) << 7 * index
        if byte < 0x80:  # noqa: PLR2004 - the last byte of a varint
            return _text(file, at + index + 1, length), at + index + 1 + length
    raise ParseError(file.path, "the Go build information is cut short")


def _pointed(file: File, layout: Executable, pointer: bytes, order: _Order) -> bytes:
    """The Go string (pointer and length) that lies where ``pointer`` points."""
    at = layout.offset(int.from_bytes(pointer, order))
    head = _text(file, at, 2 * len(pointer))
    start = layout.offset(int.from_bytes(head[: len(pointer)], order))
    length = int.from_bytes(head[len(pointer) :], order)
    return _text(file, start, length) if length else b""


def _text(file: File, at: int, length: int) -> bytes:
    """``length`` bytes that must be there."""
    if length > MAX_MODULES_BYTES:
        raise ParseError(file.path, f"{length} bytes of Go build information are too many")
    text = file.read(at, length) if at >= 0 else b""
    if len(text) != length:
        raise ParseError(file.path, "the Go build information points outside the file")
    return text


def _packages(file: File, toolchain: str, text: str) -> Iterator[Package]:
    """One package for each line ``mod`` or ``dep``; a line ``=>`` replaces the one before it."""
    release = _TOOLCHAIN(toolchain)
    yield Package(
        type="golang", name="stdlib", version=release[1] if release else "", path=file.path
    )
    main, command, modules, flags = "", "", [], ""
    for line in text.split("\n"):
        kind, _, rest = line.partition("\t")
        module, _, version = rest.partition("\t")
        version = version.partition("\t")[0]
        if kind in ("mod", "dep") and module:
            main = module if kind == "mod" else main
            modules.append((module, "" if version == "(devel)" else version))
        elif kind == "=>" and modules:
            modules[-1] = (modules[-1][0], "") if _LOCAL(module) else (module, version)
        elif kind == "path":
            command = rest
        elif kind == "build" and rest.startswith(("-ldflags=", '"-ldflags=')):
            flags = rest[:MAX_FLAGS_CHARS]
    if not main and "." in command.partition("/")[0]:
        main = command.partition("/cmd/")[0]
        modules.insert(0, (main, ""))
    for module, version in modules:
        if module == main and (not version or version.startswith("v0.0.0-")):
            version = _stamped(main, flags) or version or stamped(file, main)  # noqa: PLW2901 - the same noun, better
        namespace, _, name = module.rpartition("/")
        yield Package(
            type="golang", namespace=namespace, name=name, version=version, path=file.path
        )


def _built(text: str) -> Built:
    """The import path of the command, modules that stand in for others, and the platform."""
    lines = [line.split("\t") for line in text.split("\n")]
    settings = [words[1] for words in lines if words[0] == "build" and words[1:]]
    told = dict(each.partition("=")[::2] for each in settings)
    return Built(
        command=next((words[1] for words in lines if words[0] == "path" and words[1:]), ""),
        replaced=tuple(words[1] for words in lines if words[0] == "=>" and words[1:]),
        goos=told.get("GOOS", ""),
        goarch=told.get("GOARCH", ""),
    )


def _stamped(module: str, flags: str) -> str:
    """The one version that the builder set a variable to; the module's commands come first."""
    ranks: tuple[set[str], ...] = (set(), set(), set())
    for variable, version in _STAMP(flags):
        home = variable.rpartition("/")[2].partition(".")[0].lower()
        rank = 0 if variable.startswith(f"{module}/cmd/") else 1 if home in _STAMP_HOMES else 2
        ranks[rank].add(f"v{version}")
    best = next(filter(None, ranks), set())
    return best.pop() if len(best) == 1 else ""
