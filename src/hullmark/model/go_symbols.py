"""Which functions are in a Go program: names of its line table, kept as short hashes.

Format: https://go.dev/src/debug/gosym/pclntab.go and https://go.dev/s/go12symtab. The runtime
needs the table, so stripped programs have it too. From Go 1.16 on, it keeps all names together,
those of functions that were inlined too.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from re import compile as regex
from re import escape
from sys import byteorder
from zlib import crc32

from msgspec import Struct

from hullmark.model.executable import Executable
from hullmark.model.file import File

MAX_NAMES_BYTES = 64 * 1024 * 1024
"""Kubernetes' largest program has 8 MB of names."""

MAX_FUNCTIONS = 1_000_000
"""Ten times those of Kubernetes' largest program."""

MAX_COMMAND_CHARS = 1024
"""Of the import path of a command, which is put in front of each of its functions."""

MAX_MARKS = 1000
"""Places that are looked at for a table; one that begins like a table by chance is rare."""

MAX_SEARCH_BYTES = 256 * 1024 * 1024
"""How much of a program without a section for the table is searched for it."""

MAX_OLD_TAIL_BYTES = 1024 * 1024
"""What may stand behind the last function's entry: its name and tables of lines."""

MAX_OLD_NAME_BYTES = 4096
"""Of one name; longer ones are left out."""

_CHUNK_BYTES = 1024 * 1024
_MAX_NESTED = 4
"""Type arguments of type arguments that are cut off; deeper ones are of no function that a
record names."""

_SECTIONS = (b".gopclntab", b".data.rel.ro.gopclntab", b"__gopclntab")
_OLD = 0xFFFFFFFB
_FORMS = {_OLD: 0, 0xFFFFFFFA: 2, 0xFFFFFFF0: 3, 0xFFFFFFF1: 3}
"""By magic number (Go 1.2, 1.16, 1.18, 1.20), which word tells where the names begin."""

_arguments = regex(rb"\[[^\[\]\0]*\]").sub
_initializer = regex(r"init#([0-9]{1,6})\Z").match
_escaped = regex(r"[^!#$&-~]").sub

ABSENT = "none of the vulnerable functions is in the program"
"""How the reason begins for which a finding is put aside; stored reports are read by it."""


class GoSymbols(Struct, frozen=True, kw_only=True, tag_field="fact", tag=True):
    """Functions and packages of the Go program at ``path``.

    ``hashes`` are sorted 32-bit hashes of ``importpath`` and ``importpath.Symbol``, four
    bytes each, little endian. ``whole`` is true when what is not there is not in the program.
    ``replaced`` are modules whose packages have the import paths of those that they replace.
    ``goos`` and ``goarch`` are what it was built for, empty where it does not say.
    """

    path: str
    hashes: bytes
    whole: bool
    replaced: tuple[str, ...] = ()
    goos: str = ""
    goarch: str = ""


class Built(Struct, frozen=True, kw_only=True):
    """What a program says of how it was built; ``command`` is the import path of ``main``.

    The rest is as in ``GoSymbols``.
    """

    command: str
    replaced: tuple[str, ...]
    goos: str = ""
    goarch: str = ""


def symbols(file: File, layout: Executable, built: Built) -> GoSymbols | None:
    """The functions of a program; ``None`` when it has no table that can be read."""
    found = _table(file, layout)
    if found is None:
        return None
    at, magic, word = found
    order = ">" if layout.big_endian else "<"
    if magic == _OLD:
        names = _old_names(file, at, word, order)
    else:
        names = _names(file, at, word, order, _FORMS[magic])
    if not names or names.count(b"\0") > MAX_FUNCTIONS:
        return None
    known = _hashes(names, built.command)
    return GoSymbols(
        path=file.path,
        hashes=_packed(known),
        whole=magic != _OLD and crc32(b"runtime") in known,
        replaced=built.replaced,
        goos=built.goos,
        goarch=built.goarch,
    )


def holds(program: GoSymbols) -> Callable[[str, str], bool]:
    """Whether a function of an import path is in a program, or anything of it for no function."""
    known = array("I")
    known.frombytes(program.hashes[: len(program.hashes) // 4 * 4])
    if byteorder == "big":
        known.byteswap()

    def within(path: str, symbol: str) -> bool:
        if first := _initializer(symbol):
            symbol = f"init.{int(first[1]) - 1}"
        name = f"{escaped(path)}.{symbol}" if symbol else escaped(path)
        hash = crc32(name.encode(errors="replace"))
        at = bisect_left(known, hash)
        return at < len(known) and known[at] == hash

    return within


def escaped(path: str) -> str:
    """An import path as the linker writes it: dots of its last part are ``%2e``."""
    path = _escaped(lambda found: "".join(f"%{byte:02x}" for byte in found[0].encode()), path)
    folder, slash, name = path.rpartition("/")
    return folder + slash + name.replace(".", "%2e")


def _hashes(names: bytes, command: str) -> set[int]:
    """Of names without type arguments and marks of pointers, and of their packages."""
    each = names.replace(b"(*", b"").replace(b")", b"").split(b"\0")
    generic = b"\0".join([name for name in each if b"[" in name])
    for _ in range(_MAX_NESTED):
        if b"[" not in generic:
            break
        generic = _arguments(b"", generic)
    each += generic.split(b"\0")
    if command != "main" and 0 < len(command) <= MAX_COMMAND_CHARS:
        start = escaped(command).encode(errors="replace")
        each += [start + name[4:] for name in each if name.startswith(b"main.")]
    return {*map(crc32, each), *map(crc32, _packages(each))}


def _packages(names: Iterable[bytes]) -> Iterable[bytes]:
    """The import paths of names, most of which stand beside others of their package."""
    found: dict[bytes, None] = {}
    last = b"\0"
    for name in names:
        if not name.startswith(last):
            package = name[: name.find(b".", name.rfind(b"/") + 1)]
            last = package + b"."
            found[package] = None
    return found


def _packed(hashes: Iterable[int]) -> bytes:
    packed = array("I", sorted(hashes))
    if byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def _table(file: File, layout: Executable) -> tuple[int, int, int] | None:
    """Where the table lies, its magic number, and the size of its words in bytes."""
    for name in _SECTIONS:
        span = layout.section(name)
        if span and (form := _form(file.read(span.offset, 8), layout)):
            return span.offset, *form
    for at in islice(_marks(file, layout), MAX_MARKS):
        if (form := _form(file.read(at, 8), layout)) and _is_sound(file, at, form, layout):
            return at, *form
    return None


def _marks(file: File, layout: Executable) -> Iterator[int]:
    """Where a table may begin; chunks overlap by what a mark takes."""
    order = ">" if layout.big_endian else "<"
    marks = (escape(_word(magic, order) + b"\0\0") for magic in _FORMS)
    found = regex(b"|".join(marks)).finditer
    left = MAX_SEARCH_BYTES
    for span in layout.segments:
        size = max(min(span.size, file.size - span.offset, left), 0)
        left -= size
        for at in range(span.offset, span.offset + size, _CHUNK_BYTES):
            for mark in found(file.read(at, min(_CHUNK_BYTES + 5, span.offset + size - at))):
                if not (at + mark.start()) % layout.word:
                    yield at + mark.start()


def _word(number: int, order: str) -> bytes:
    return number.to_bytes(4, "big" if order == ">" else "little")


def _form(head: bytes, layout: Executable) -> tuple[int, int] | None:
    """Magic number and word size of a header, if it is one."""
    magic = int.from_bytes(head[:4], "big" if layout.big_endian else "little")
    sound = len(head) == 8 and not head[4] and not head[5]  # noqa: PLR2004 - the fixed part
    if magic in _FORMS and sound and head[6] in (1, 2, 4) and head[7] == layout.word:
        return magic, head[7]
    return None


def _is_sound(file: File, at: int, form: tuple[int, int], layout: Executable) -> bool:
    """Whether what looks like a table elsewhere than in its section counts some functions."""
    magic, word = form
    order = ">" if layout.big_endian else "<"
    count, *_ = _words(file, at, word, order, 1) or (0,)
    if magic == _OLD:
        return 0 < count <= MAX_FUNCTIONS
    start, end = _place(file, at, word, order, _FORMS[magic])
    return 0 < count <= MAX_FUNCTIONS and start < end


def _words(file: File, at: int, word: int, order: str, count: int) -> tuple[int, ...]:
    """The first words behind the fixed part of the header; none where the file ends before."""
    data = file.read(at + 8, word * count)
    if len(data) != word * count:
        return ()
    return tuple(_numbers(data, word, order))


def _numbers(data: bytes, word: int, order: str) -> "array[int]":
    found = array("Q" if word == 8 else "I")  # noqa: PLR2004 - 64 bits
    found.frombytes(data)
    if (order == ">") != (byteorder == "big"):
        found.byteswap()
    return found


def _names(file: File, at: int, word: int, order: str, place: int) -> bytes:
    """All names, each ended by a zero: they lie between two places that the header tells."""
    start, end = _place(file, at, word, order, place)
    return file.read(start, end - start)


def _place(file: File, at: int, word: int, order: str, place: int) -> tuple[int, int]:
    """Where the names lie in the file; nowhere when there is no room for them."""
    head = _words(file, at, word, order, place + 2) or (0,) * (place + 2)
    start, end = head[place], head[place + 1]
    if not 0 < end - start <= MAX_NAMES_BYTES or at + end > file.size:
        return 0, 0
    return at + start, at + end


def _old_names(file: File, at: int, word: int, order: str) -> bytes:
    """Names of the functions that stand for themselves, until Go 1.15 scattered in the table."""
    [count] = _words(file, at, word, order, 1) or (0,)
    entries = file.read(at + 8 + word, 2 * word * count) if count <= MAX_FUNCTIONS else b""
    if not count or len(entries) != 2 * word * count:
        return b""
    places = _numbers(entries, word, order)[1::2]
    size = min(max(places) + MAX_OLD_TAIL_BYTES, MAX_NAMES_BYTES, file.size - at)
    table = file.read(at, size)
    names: dict[int, bytes] = {}
    left = MAX_NAMES_BYTES
    for place in places:
        field = table[place + word : place + word + 4]
        start = int.from_bytes(field, "big" if order == ">" else "little")
        end = table.find(b"\0", start, start + MAX_OLD_NAME_BYTES)
        if len(field) == 4 and start < end <= start + left and start not in names:  # noqa: PLR2004 - an offset
            names[start] = table[start:end]
            left -= end - start
    return b"\0".join(names.values())
