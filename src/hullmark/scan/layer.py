"""Walk one layer once: every entry noted, wanted files parsed as they pass."""

from array import array
from collections.abc import Callable, Mapping

from msgspec.structs import replace

from hullmark.model import Content, File, ParseError
from hullmark.oci.sparse import expand
from hullmark.oci.stream import ChunkStream, FileStream
from hullmark.oci.tar import DIRECTORY, FILE, LINK, SYMLINK, Entry, entries, normal
from hullmark.scan.dispatch import Dispatch, may_be_binary
from hullmark.scan.facts import CONTENT, Again, Contents
from hullmark.scan.looking import LayerLook, note
from hullmark.scan.reading import Reading, Watch
from hullmark.scan.rights import ELF_BYTES, Rights, little_endian
from hullmark.unit import Parser

WHITEOUT = ".wh."
OPAQUE = ".wh..wh..opq"
PRIVATE = ".wh..wh."
"""Names of https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts; aufs kept
bookkeeping of its own under ``PRIVATE``, which is no content of the image."""

MAGIC_BYTES = 4
MAX_SPARSE_BYTES = 64 * 1024 * 1024
MAX_COMPANION_BYTES = 64 * 1024 * 1024
"""Files kept for their siblings until a layer's end, all together."""

MAX_PATH_CHARS = 4096
"""Linux's PATH_MAX: no runtime can make a longer name, nor a link to one."""

ODD = "names that are absolute or climb with '..' were read as below the root"
LONG = f"names or links of more than {MAX_PATH_CHARS} characters were left out"
NAMELESS = "whiteouts of no name hide nothing"

REPORT_ENTRIES = 2048


class Walk:
    """State of one pass over one layer.

    ``only`` limits the pass to some paths, each with the names and parsers to read it as.
    ``look`` looks at the content of all files, ``notes`` asks for their metadata.
    """

    def __init__(
        self,
        dispatch: Dispatch,
        parsers: Mapping[str, Parser],
        layer: str,
        only: Mapping[str, list[Again]] | None = None,
        watch: Watch = lambda _unit, _path: None,
        *,
        look: Callable[[Reading], LayerLook] | None = None,
        notes: bool = False,
    ) -> None:
        self._dispatch = dispatch
        self._reading = Reading(parsers, layer, watch)
        self.look = look(self._reading) if look else None
        self._notes = notes
        self._rights = Rights()
        self._layer = layer
        self._only = only
        self._kept: dict[str, tuple[File, list[str], int]] = {}
        self._kept_bytes = 0
        self._hardlinks: dict[str, tuple[str, int, list[str]]] = {}
        self._linked: dict[str, str] = {}
        self._names: dict[str, list[str]] = {}
        self._met: set[str] = set()
        self._faults: dict[str, str] = {}
        self._files = _Names()
        self._sizes = array("Q")
        self._folders = _Names()
        self._symlinks: dict[str, tuple[int, str]] = {}
        self._whiteouts: list[str] = []
        self._opaque: list[str] = []
        self._marked: set[str] = set()

    def run(self, stream: FileStream | ChunkStream, tick: Callable[[int], None]) -> Contents:
        """Read to the end. What breaks the tar becomes a gap; what came before it stays."""
        note = self._note if self._only is None else self._reread
        number = 0
        try:
            for number, entry in enumerate(entries(stream), 1):
                note(entry, number, stream)
                if not number % REPORT_ENTRIES:
                    self._files.pack()
                    self._folders.pack()
                    tick(number)
        except ParseError as error:
            self._reading.gap("layer", self._layer, error.why)
        if self.look:
            self.look.settle()
        self._read_kept()
        self._miss()
        return self._contents(number)

    def _note(  # noqa: C901 - every entry passes here, and calls cost
        self, entry: Entry, number: int, stream: FileStream | ChunkStream
    ) -> None:
        path = entry.path
        kind = entry.kind
        if entry.odd:
            self._faults.setdefault(ODD, path)
        if len(path) > MAX_PATH_CHARS or len(entry.link) > MAX_PATH_CHARS:
            self._faults.setdefault(LONG, path[:MAX_PATH_CHARS])
            return
        if WHITEOUT in path and path.rpartition("/")[2].startswith(WHITEOUT):
            self._white_out(path)
            return
        if kind == DIRECTORY:
            self._folders.append(path)
        else:
            self._files.append(path)
            if path in self._marked or (self.look and self.look.knows(path)):
                self._forget(path, number)
        if self._notes:
            self._note_rights(entry, number)
        if kind == FILE:
            if entry.size:
                self._file(entry, number, stream)
        elif kind == SYMLINK:
            self._marked.add(path)
            self._symlinks[path] = (number, entry.link)
        elif kind == LINK:
            self._link(path, normal(entry.link.encode())[0], number)

    def _note_rights(self, entry: Entry, number: int) -> None:
        note(self._reading, entry, number)
        self._rights.note(entry)
        if self.look and self.look.sums:
            self.look.sums.pass_by(entry)
        if entry.kind != DIRECTORY:
            self._sizes.append(max(entry.size, entry.real_size))

    def _link(self, path: str, target: str, number: int) -> None:
        """A second name; what it names may be a second name itself."""
        target = self._linked.get(target, target)
        self._linked[path] = target
        self._names.setdefault(target, []).append(path)
        self._marked.add(path)
        units = self._dispatch.units(path)
        if units:
            self._hardlinks[path] = (target, number, units)

    def _white_out(self, path: str) -> None:
        folder, _, name = path.rpartition("/")
        if name == OPAQUE:
            self._opaque.append(folder)
        elif not name.startswith(PRIVATE):
            hidden = name.removeprefix(WHITEOUT)
            if hidden in ("", ".", ".."):
                self._faults.setdefault(NAMELESS, path)
                return
            self._whiteouts.append(f"{folder}/{hidden}" if folder else hidden)

    def _forget(self, path: str, number: int) -> None:
        """A name that comes again replaces what it was before; its other names keep that."""
        if self.look:
            self.look.settle()
        for name in self._names.pop(path, ()):
            if self._linked.get(name) == path:
                self._reading.link(CONTENT, path, name, number)
                del self._linked[name]
        self._symlinks.pop(path, None)
        self._hardlinks.pop(path, None)
        self._linked.pop(path, None)
        self._kept.pop(path, None)
        self._reading.forget(path, CONTENT)

    def _file(self, entry: Entry, number: int, stream: FileStream | ChunkStream) -> None:
        units = self._dispatch.units(entry.path)
        sparse_binary = False
        if entry.size >= MAGIC_BYTES and may_be_binary(entry.path, entry.mode):
            if entry.real_size < 0:
                start = stream.peek(min(entry.size, ELF_BYTES))
                units += self._dispatch.by_magic(start[:MAGIC_BYTES])
                if self._notes:
                    self._rights.note_start(entry.path, start)
            else:
                sparse_binary = True
        companion = entry.path.rpartition("/")[2] in self._dispatch.companions
        wanted = bool(units or companion or sparse_binary)
        kept = self.look.keeps(entry, stream, number) if self.look else False
        if wanted or kept:
            self._marked.add(entry.path)
            file = self._stored_file(entry, _stored(entry, stream), units)
            if file and wanted:
                self._take(file, number, units, sparse_binary=sparse_binary)
            if file and kept and self.look:
                self.look.file(file, number)

    def _stored_file(self, entry: Entry, content: bytes | Content, units: list[str]) -> File | None:
        """The file of what is stored; one that cannot be expanded is a gap."""
        try:
            return self._file_of(entry, content)
        except ParseError as error:
            for unit in units or ["layer"]:
                self._reading.gap(unit, entry.path, error.why)
            return None

    def _take(self, file: File, number: int, units: list[str], *, sparse_binary: bool) -> None:
        """Read a file by these parsers; what a sparse one begins with shows once it is whole."""
        if sparse_binary:
            units = units + self._dispatch.by_magic(file.read(0, MAGIC_BYTES))
        at_once = [unit for unit in units if unit not in self._dispatch.beside]
        later = [unit for unit in units if unit in self._dispatch.beside]
        self._reading.read(file, at_once, number)
        companion = file.name in self._dispatch.companions
        if later or companion:
            self._keep(file, later, number)

    def _file_of(self, entry: Entry, content: bytes | Content) -> File:
        """A file of what is stored; ``ParseError`` when a sparse one cannot be expanded."""
        if entry.real_size >= 0:
            size = len(content) if isinstance(content, bytes) else content.size
            if size > MAX_SPARSE_BYTES:
                raise ParseError(entry.path, f"sparse file of {size} stored bytes")
            stored = content if isinstance(content, bytes) else content.read(0, size)
            content = expand(entry, stored, MAX_SPARSE_BYTES)
        return File(
            path=entry.path,
            content=content,
            mode=entry.mode,
            uid=entry.uid,
            gid=entry.gid,
            layer=self._layer,
        )

    def _keep(self, file: File, units: list[str], number: int) -> None:
        """Hold a file until the layer's end, when all its siblings have passed."""
        self._kept_bytes += file.size
        if self._kept_bytes > MAX_COMPANION_BYTES:
            for unit in units or ["layer"]:
                self._reading.gap(unit, file.path, "too many large files with siblings")
            return
        whole = replace(file, content=file.read(0, file.size))
        self._kept[file.path] = (whole, units, number)

    def _read_kept(self) -> None:
        for file, units, number in self._kept.values():
            folder = file.path[: -len(file.name)]
            for unit in units:
                names = self._dispatch.beside[unit]
                beside = {
                    name: self._kept[folder + name][0]
                    for name in names
                    if folder + name in self._kept
                }
                self._reading.read(replace(file, beside=beside), [unit], number)

    def _reread(self, entry: Entry, number: int, stream: FileStream | ChunkStream) -> None:
        if self._only is None or entry.kind != FILE or entry.path not in self._only:
            return
        self._met.add(entry.path)
        content = _stored(entry, stream)
        try:
            file = self._file_of(entry, content)
        except ParseError as error:
            self._reading.gap("layer", entry.path, error.why)
            return
        for wish in self._only[entry.path]:
            self._reading.read(replace(file, path=wish.name), wish.units, number)

    def _miss(self) -> None:
        """Wishes that the second look did not meet as plain files."""
        for path in (self._only or {}).keys() - self._met:
            for wish in self._only[path] if self._only else ():
                for unit in wish.units:
                    self._reading.gap(unit, wish.name, f"links to {path!r}, which is no plain file")

    def _contents(self, count: int) -> Contents:
        reading = self._reading
        again = []
        for path, (target, number, units) in self._hardlinks.items():
            if not reading.copy(target, path, units, number):
                again.append(Again(path=target, name=path, units=tuple(units)))
        for path, target in self._linked.items():
            reading.link(CONTENT, target, path, count)
        for why, path in self._faults.items():
            reading.gap("layer", path, why)
        return Contents(
            entries=count,
            parsed=reading.parsed(),
            files=self._files.packed(),
            sizes=little_endian(self._sizes),
            digests=self._digests(),
            rights=self._rights.files(),
            folder_rights=self._rights.folders(),
            machines=self._rights.machines(),
            folders=self._folders.packed(),
            symlinks=[(path, number, to) for path, (number, to) in self._symlinks.items()],
            whiteouts=self._whiteouts,
            opaque=self._opaque,
            again=again,
            gaps=reading.gaps,
        )

    def _digests(self) -> bytes:
        """Of programs and libraries, where they are asked for."""
        if not (self.look and self.look.sums):
            return b""
        try:
            return self.look.sums.lines()
        except OSError as error:
            self._reading.gap("layer", self._layer, f"programs were not summed: {error}")
            return b""


def _stored(entry: Entry, stream: FileStream | ChunkStream) -> bytes | Content:
    """An entry's stored bytes; where they end early the layer does, so nothing follows them."""
    size, entry.size = entry.size, 0
    return stream.content(size)


class _Names:
    """Paths in order, packed as they come: a million of them as text take a gigabyte."""

    def __init__(self) -> None:
        self._packed = bytearray()
        self._fresh: list[str] = []
        self.append = self._fresh.append

    def pack(self) -> None:
        """Write down what was appended since."""
        if self._fresh:
            self._packed += f"\0{chr(0).join(self._fresh)}".encode()
            self._fresh.clear()

    def packed(self) -> bytes:
        """Each path behind a NUL byte, and one at the end."""
        self.pack()
        self._packed += b"\0"
        return bytes(self._packed)
