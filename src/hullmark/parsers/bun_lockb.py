"""bun.lockb: the exact packages of a project of Bun before 1.2, in binary formats 2 and 3.

Format: Bun's own ``src/install/lockfile/bun.lockb.zig`` and ``Buffers.zig``. Packages stand in
columns, one field after the other; what they refer to stands in six buffers behind them. All
numbers are little-endian, all offsets count from the file's start.
"""

from base64 import b85decode
from collections.abc import Iterator
from struct import Struct as Layout
from struct import error as struct_error
from zlib import decompress

from msgspec import Struct

from hullmark.model import File, Package, ParseError
from hullmark.model.node import locked
from hullmark.model.relations import only_for, related
from hullmark.unit import parser

MAX_LOCK_BYTES = 32 * 1024 * 1024
"""Ours: some 100,000 packages at 300 bytes each."""

_MAGIC = b"#!/usr/bin/env bun\nbun-lockfile-format-v0\n"
MAX_TEXT_BYTES = 1024
"""Of a name or a part of a version; npm's registry allows names of 214."""

_RELEASES = {2: Layout("<16x3I36x"), 3: Layout("<16x3Q32x")}
"""What a package became, by format: kind, address, three numbers, two texts with hashes."""

_ROOT, _NPM, _FOLDER, _LINK, _WORKSPACE = 1, 2, 4, 64, 72
_ELSEWHERE = (8, 16, 32, 80)
"""Archives and repositories, whose packages have no version in the lock."""

_DEVELOPMENT = 1 << 3
_TEXT_BYTES = 8
_LONG = 1 << 63
"""Set in a text that stands among the others, by offset and length."""

_HEAD = Layout("<I32xQ")
_TABLE = Layout("<5Q")
_PAIR = Layout("<2Q")
_SLICE = Layout("<2I")
_NUMBER = Layout("<I")
_TEXT = Layout("<Q")
_DEPENDENCY = Layout("<16xB9x")


class _Columns(Struct):
    """Where the fields of packages begin, and how many packages there are."""

    count: int
    names: int
    releases: int
    release: Layout
    dependencies: int
    resolutions: int
    end: int


@parser(
    id="bun-lockb",
    names=("bun.lockb",),
    declared=True,
    example=File(
        path="srv/bun.lockb",
        content=decompress(
            b85decode(
                "c-m7|)GsYA(of3F(@)JSQ%EY!;{sycoc!eMw9K4T-L(9o+{6;yG6OCq1_lOok<I3@qLc5ZFoZjP*u<*7"
                "ZHnO1Df6#w&0M9Y^7A9hs|{QXV88~U7&y@A1}L2eQ^1f|PynW7ftVAhASE?7ADLg0pPvKb7bF&yfarPI"
                "0YTp@zG&auClQ?4(Z6!yl_&v^+<BW}{9XI?UJEWSJ2XGB=72|Hcr+seWq=7vs{yeg&^=6K>JJBE9iV<j"
                "GW9n@?Pr9FF_Wl&3)FsQ67BauVsjxPkR-qY#V|I=53Eo=E0oVhw)%hk|0s=QbifEg5Oa}@W^vu4q8>PB"
                ">52O78y4xF{MvPKbryplm%-u+u4(^nd=Q$Uy7<|rZ8yXBbDxmztIGZT?%GMgyd^!mrEb?O{2KOFoDIob"
                "<aETMwk&b(%I1330Ot!WpDUwXR{y^A{@=Dc&uY$o-O)eUxcqg=IY+%*H`l!$9h*Mxer*;y)n;v{Jk!#2"
                "TLqOnbH6JhnTs61EKj7xCY$CK*vRO%T^7A}kWJmj&~<st^V^f%!=}{a-}cK~a6ZdbBC{aUI^p{~i*M6^"
                "*z$>9{J`nw6wkLL?djntBy(Ai&5h7K!t$het-|%Cf0OR9`i5BWiC0Yg!TYyWcXi?n#=wO6mQy`vZ3^=0"
                "aX9>qRj8nd^GR?~-IKZAGn#h!b}nE45XoFtD#zPU0Yk{CRP^))Xtq59rMYa1i<0#+^NLFnb8_@xm5yFW"
                "QEIB4f{}qjab{I&ewvPgi9%vdW_n(J8n}M>_a6da<-rH2X)Nq8Q%jAF?0}lEYiB?%LqX}<0IJV}2>q;3"
                "Jxow@n4#<ns9q5cm>JPVX0fFfKyR4A%`rrn1FO$q^^^h|tb~Qtc(9s`gV9*eK+gau0;?NgbsiIAoFPOi"
                "9T;GFK$*4bnZaFOfABFef_y3rG!0gd!s<ta9(2<L7`33$6vu%|qsCHkYHnF-k)CTsNorAEVoq>LQD$Dc"
                "oq{34n-*|yc0f(Y;Dm=PFhmTo1PCZRiuFNcUO}#vLw;hmeoks)nu8I@v2boiNlAf~zP_Q6IY?N~(8|QX"
                "$ii43F0Zc(rgXu&^h(mJaA*Me9jF#W=^7GHi($B-o{^q09u1%f1gZs5y2dcWVOgNuzsS2dAkldRG(<Ka"
                "LdML*4j6QpfyjWIPJTeuYjEL-o3PZP;>`R!U=qe@9;sze1XNoB7isQY0ad>NpL=0x$O2nVp}hS;O8@}G"
                "pUj{"
            )
        ),
    ),
    expect=(
        "pkg:npm/%40oak/leaf@2.0.0",
        "pkg:npm/demo@1.0.0",
        "pkg:npm/%40oak/leaf@1.2.3",
        "pkg:npm/tool@3.0.0",
    ),
)
def bun_lockb(file: File) -> Iterator[Package]:
    """Yield every package, whether for use or development, under its real name.

    Workspaces and folders are left out. What comes from elsewhere than a registry has no version
    in the lock. A lock inside ``node_modules`` yields nothing: Bun reads none there. What
    another format keeps, ``bun install --save-text-lockfile`` writes as ``bun.lock``.
    """
    if "/node_modules/" in f"/{file.path}":
        return
    if file.size > MAX_LOCK_BYTES:
        raise ParseError(file.path, f"more than the {MAX_LOCK_BYTES} bytes that are read")
    try:
        yield from _Lock(file).packages()
    except struct_error as error:
        raise ParseError(file.path, "ends before what it refers to") from error


class _Lock:
    def __init__(self, file: File) -> None:
        self.file = file
        self.data = file.data
        self.columns = _columns(file)
        at = self.columns.end
        buffers = []
        for _ in range(6):
            start, end = _PAIR.unpack_from(self.data, at)
            if not at < start <= end <= len(self.data):
                raise ParseError(file.path, "a buffer lies outside of the file")
            buffers.append((start, end))
            at = end
        _, _, self.resolutions, self.dependencies, _, self.texts = buffers
        self.left = (self.resolutions[1] - self.resolutions[0]) // _NUMBER.size

    def packages(self) -> Iterator[Package]:
        """Packages with what they need; those of the project's own folders tell who asks."""
        strange: list[str] = []
        entries, own = [], []
        for index in range(self.columns.count):
            package, is_own = self._package(index, strange)
            entries.append(package)
            own.append(is_own)
        used: set[int] = set()
        built: set[int] = set()
        needs: list[list[int]] = []
        for index, is_own in enumerate(own):
            wanted = list(self._needs(index))
            needs.append([] if is_own else [target for target, _ in wanted])
            if is_own:
                used.update(target for target, development in wanted if not development)
                built.update(target for target, development in wanted if development)
        development = only_for(built, used, needs)
        yield from related(entries, needs, direct=built | used, development=development)
        if strange:
            raise ParseError(self.file.path, f"no package in entry {strange[0][:80]!r}")

    def _package(self, index: int, strange: list[str]) -> tuple[Package | None, bool]:
        """What an entry became, and whether it is a folder of the project."""
        columns = self.columns
        name = self._text(columns.names + index * _TEXT_BYTES)
        at = columns.releases + index * columns.release.size
        kind = self.data[at] if at < len(self.data) else -1
        if kind in (_ROOT, _FOLDER, _LINK, _WORKSPACE):
            return None, kind in (_ROOT, _WORKSPACE)
        if not name or (kind != _NPM and kind not in _ELSEWHERE):
            strange.append(name)
            return None, False
        version = self._version(at) if kind == _NPM else ""
        return locked(self.file.path, name, version), False

    def _version(self, at: int) -> str:
        """A release: three numbers, then what stands behind ``-`` and ``+``, each with a hash."""
        release = self.columns.release
        numbers = release.unpack_from(self.data, at)
        tags = at + release.size - 32
        before, build = self._text(tags), self._text(tags + 16)
        version = ".".join(map(str, numbers))
        return version + (f"-{before}" if before else "") + (f"+{build}" if build else "")

    def _needs(self, index: int) -> Iterator[tuple[int, bool]]:
        """Entries that one requires, and whether for development; others were left out."""
        at = index * _SLICE.size
        start, count = _SLICE.unpack_from(self.data, self.columns.dependencies + at)
        first, also = _SLICE.unpack_from(self.data, self.columns.resolutions + at)
        self.left -= count
        if count != also or self.left < 0:
            raise ParseError(self.file.path, "packages require more than the lock holds")
        for number in range(count):
            found = self.resolutions[0] + (first + number) * _NUMBER.size
            (target,) = _NUMBER.unpack_from(self.data, found)
            place = self.dependencies[0] + (start + number) * _DEPENDENCY.size
            (behaviour,) = _DEPENDENCY.unpack_from(self.data, place)
            if target < self.columns.count:
                yield target, bool(behaviour & _DEVELOPMENT)

    def _text(self, at: int) -> str:
        """A text of up to eight bytes in its place, a longer one among the texts."""
        (word,) = _TEXT.unpack_from(self.data, at)
        if not word & _LONG:
            return self.data[at : at + _TEXT_BYTES].rstrip(b"\0").decode(errors="replace")
        start = self.texts[0] + (word & 0xFFFFFFFF)
        end = start + (word >> 32 & 0x7FFFFFFF)
        if end > self.texts[1] or end - start > MAX_TEXT_BYTES:
            raise ParseError(self.file.path, "a text is too long or outside of its buffer")
        return self.data[start:end].decode(errors="replace")


def _columns(file: File) -> _Columns:
    """Names, their hashes, releases and two slices come first; the rest is not needed."""
    data = file.data
    if not data.startswith(_MAGIC):
        raise ParseError(file.path, "not a binary lock of Bun")
    form, _ = _HEAD.unpack_from(data, len(_MAGIC))
    if form not in _RELEASES:
        why = f"format {form} is not read; bun install --save-text-lockfile writes bun.lock"
        raise ParseError(file.path, why)
    release = _RELEASES[form]
    count, _, _, begin, end = _TABLE.unpack_from(data, len(_MAGIC) + _HEAD.size)
    releases = begin + count * (_TEXT_BYTES + 8)
    dependencies = releases + count * release.size
    resolutions = dependencies + count * _SLICE.size
    if not begin <= resolutions + count * _SLICE.size <= end <= len(data):
        raise ParseError(file.path, "packages lie outside of the file")
    return _Columns(
        count=count,
        names=begin,
        releases=releases,
        release=release,
        dependencies=dependencies,
        resolutions=resolutions,
        end=end,
    )
