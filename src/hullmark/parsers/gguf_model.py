"""GGUF files: models of llama.cpp and its kin, by the metadata that stands before the weights.

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md, versions 1 to 3.
"""

from collections.abc import Iterator
from struct import Struct as Layout

from hullmark.licences import spdx
from hullmark.model import File, Package, ParseError
from hullmark.model.hugging_face import model, shard
from hullmark.unit import parser

MAX_HEADER_BYTES = 1024 * 1024
"""What describes a model comes first, in some KB; vocabularies, which follow, are longer."""

MAX_PAIRS = 4096
"""Real models have some 40."""

_MAGIC = b"GGUF"
_STRING, _ARRAY = 8, 9
_SIZES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}


def _text(text: bytes) -> bytes:
    return len(text).to_bytes(8, "little") + text


_EXAMPLE = (
    _MAGIC
    + b"\x03\0\0\0"
    + bytes(8)
    + b"\x03".ljust(8, b"\0")
    + b"".join(
        _text(key) + b"\x08\0\0\0" + _text(value)
        for key, value in (
            (b"general.name", b"Weir 7B"),
            (b"general.version", b"v0.3"),
            (b"general.license", b"apache-2.0"),
        )
    )
)


class _EndError(Exception):
    """The part of the file that is read ends here."""


@parser(
    id="gguf-model",
    names=("*.gguf",),
    example=File(path="models/weir-7b-q4_0.gguf", content=_EXAMPLE),
    expect=("pkg:generic/Weir%207B@v0.3",),
)
def gguf_model(file: File) -> Iterator[Package]:
    """Yield the model by the name, version and licence that its file states.

    One from the Hugging Face hub is named as there. A model without a name is called as its file;
    of one in parts the first part alone is read. The weights are not looked at.
    """
    stem, part = shard(file.name.removesuffix(".gguf"))
    if part != 1:
        return
    said = _general(file)
    licence = spdx(said.get("general.license", ""))
    yield model(
        file.path,
        said.get("general.name", "").strip() or stem,
        said.get("general.version", "").strip(),
        address=said.get("general.repo_url", ""),
        licences=(licence,) if licence else (),
    )


def _general(file: File) -> dict[str, str]:
    """The texts that describe the model as a whole, by key."""
    data = file.read(0, MAX_HEADER_BYTES)
    if data[:4] != _MAGIC or len(data) < 24:  # noqa: PLR2004 - the fixed part of the header
        raise ParseError(file.path, "not a GGUF file")
    order = "<" if data[4:6] != b"\0\0" else ">"
    old = data[4:8] == b"\1\0\0\0"
    number = Layout(f"{order}I" if old else f"{order}Q")
    reader = _Reader(data, number, Layout(f"{order}I"), 8 + number.size)
    said: dict[str, str] = {}
    try:
        for _ in range(min(reader.number(), MAX_PAIRS)):
            key = reader.text()
            value = reader.value()
            if value and key.startswith("general."):
                said[key] = value
    except _EndError:
        if len(data) == file.size:
            raise ParseError(file.path, "the metadata of the model is cut short") from None
    except KeyError as error:
        raise ParseError(file.path, f"no type of a value has the number {error}") from error
    return said


class _Reader:
    """Values one after the other."""

    def __init__(self, data: bytes, number: Layout, kind: Layout, at: int) -> None:
        self._data = data
        self._number = number
        self._kind = kind
        self._at = at

    def number(self) -> int:
        """A count or a length: 64 bits, in version 1 32."""
        return self._unpacked(self._number)

    def text(self) -> str:
        """A text after its length in bytes."""
        length = self.number()
        start = self._at
        self._skip(length)
        return self._data[start : self._at].decode(errors="replace")

    def value(self) -> str:
        """A value after its type: a text, or empty for any other, which is passed over."""
        kind = self._unpacked(self._kind)
        if kind == _STRING:
            return self.text()
        if kind == _ARRAY:
            inside = self._unpacked(self._kind)
            count = self.number()
            if inside == _STRING:
                for _ in range(count):
                    self._skip(self.number())
            else:
                self._skip(count * _SIZES[inside])
        else:
            self._skip(_SIZES[kind])
        return ""

    def _unpacked(self, layout: Layout) -> int:
        start = self._at
        self._skip(layout.size)
        found: int = layout.unpack_from(self._data, start)[0]
        return found

    def _skip(self, size: int) -> None:
        self._at += size
        if self._at > len(self._data):
            raise _EndError
