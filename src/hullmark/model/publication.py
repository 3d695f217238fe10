"""What feeds share: documents decoded behind guards, and times as OSV writes them."""

from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from hullmark.model import xml
from hullmark.model.documents import first_line
from hullmark.model.errors import FeedError, ParseError
from hullmark.model.file import File, Shape
from hullmark.model.xml import Element

MAX_DOCUMENT_BYTES = 512 * 1024 * 1024
"""Of one document, unpacked: twice the largest known, a year of NVD."""


def decoded(file: File, shape: type[Shape]) -> Shape:
    """A JSON document as this shape, however large; ``FeedError`` says where it differs."""
    content = file.content
    data = content if isinstance(content, bytes) else content.read(0, content.size)
    if len(data) > MAX_DOCUMENT_BYTES:
        raise FeedError(file.path, f"more than {MAX_DOCUMENT_BYTES} bytes")
    try:
        return msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FeedError(file.path, f"not the JSON expected: {first_line(error)}") from error


def elements(file: File, root: str, *names: str) -> Iterator[Element]:
    """Elements of these names in an XML document, one by one; ``FeedError`` for any other."""
    try:
        yield from xml.elements(file, root, *names)
    except ParseError as error:
        raise FeedError(error.place, error.why) from error


def utc(text: str) -> str:
    """A time or day of ISO 8601 as OSV writes it, in UTC where it tells no zone; else empty."""
    try:
        told = datetime.fromisoformat(text.strip())
        told = told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return ""
    return f"{told:%Y-%m-%dT%H:%M:%SZ}" if told.year > 1000 else ""  # noqa: PLR2004 - %Y pads none
