"""Bytes at a path inside an artifact."""

from collections.abc import Mapping
from io import BufferedReader, RawIOBase
from typing import Protocol, TypeVar

from msgspec import Struct

from hullmark.model import documents
from hullmark.model.errors import ParseError

Shape = TypeVar("Shape")

MAX_WHOLE_BYTES = 64 * 1024 * 1024
"""A file is held whole in memory up to here; larger ones are read by offset."""


class Content(Protocol):
    """Random access to a file that is not held in memory."""

    size: int

    def read(self, offset: int, size: int) -> bytes:
        """Up to ``size`` bytes from ``offset``; fewer only at the end."""


class File(Struct, frozen=True, kw_only=True):
    r"""One regular file of an artifact.

    ``path`` is relative to the artifact's root, with forward slashes; bytes that are no UTF-8
    stand as ``\xNN``. ``layer`` is the diffID that brought it. ``beside`` holds those siblings
    that a parser declared and that exist, by name.
    """

    path: str
    content: bytes | Content
    mode: int = 0o644
    uid: int = 0
    gid: int = 0
    layer: str = ""
    beside: Mapping[str, "File"] = {}

    @property
    def name(self) -> str:
        """Last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def size(self) -> int:
        """Length in bytes."""
        return len(self.content) if isinstance(self.content, bytes) else self.content.size

    @property
    def data(self) -> bytes:
        """Whole content; ``ParseError`` when it is larger than ``MAX_WHOLE_BYTES``."""
        if isinstance(self.content, bytes):
            return self.content
        if self.content.size > MAX_WHOLE_BYTES:
            why = f"{self.content.size} bytes are more than the {MAX_WHOLE_BYTES} read whole"
            raise ParseError(self.path, why)
        return self.content.read(0, self.content.size)

    def read(self, offset: int, size: int) -> bytes:
        """Up to ``size`` bytes from ``offset``; fewer only at the end."""
        if isinstance(self.content, bytes):
            return self.content[offset : offset + size]
        return self.content.read(offset, size)

    def open(self) -> BufferedReader:
        """A seekable binary reader over the content."""
        return BufferedReader(_Reader(self))

    def near(self, name: str) -> "File | None":
        """The sibling of this name, if the parser declared it and it exists."""
        return self.beside.get(name)

    def text(self) -> str:
        """Content as UTF-8; undecodable bytes become U+FFFD."""
        return self.data.decode(errors="replace")

    def json(self, shape: type[Shape]) -> Shape:
        """Content as JSON of this shape; ``ParseError`` says where it differs."""
        try:
            return documents.json(self.data, shape)
        except documents.DocumentError as error:
            raise ParseError(self.path, str(error)) from error

    def toml(self, shape: type[Shape]) -> Shape:
        """Content as TOML of this shape; ``ParseError`` says where it differs."""
        try:
            return documents.toml(self.data, shape)
        except documents.DocumentError as error:
            raise ParseError(self.path, str(error)) from error

    def yaml(self, shape: type[Shape]) -> Shape:
        """First YAML document as this shape; ``ParseError`` says where it differs."""
        from hullmark.model import yaml  # noqa: PLC0415 - 20 ms that a scan's parent never needs

        try:
            return yaml.decode(self.data, shape)
        except documents.DocumentError as error:
            raise ParseError(self.path, str(error)) from error


class _Reader(RawIOBase):
    """A raw stream over a file's content."""

    def __init__(self, file: File) -> None:
        self.file = file
        self.offset = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        start = (0, self.offset, self.file.size)[whence]
        self.offset = max(0, start + offset)
        return self.offset

    def tell(self) -> int:
        return self.offset

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed: Buffer has no len
        data = self.file.read(self.offset, len(buffer))
        buffer[: len(data)] = data
        self.offset += len(data)
        return len(data)
