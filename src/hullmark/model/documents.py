"""Guarded decoding of JSON and TOML: bounded in size and depth."""

from typing import TypeVar

import msgspec

Shape = TypeVar("Shape")

MAX_DOCUMENT_BYTES = 64 * 1024 * 1024
"""Twice the largest lock file seen in public repositories (some 30 MB)."""

MAX_TOML_BYTES = 16 * 1024 * 1024
"""The TOML reader is pure Python, at about 2 MB/s: more would outlast a parser's time."""


class DocumentError(ValueError):
    """A document breaks its grammar or our bounds; the message is one lower-case clause."""


def json(data: bytes, shape: type[Shape]) -> Shape:
    """Decode JSON of this shape; a byte order mark is allowed."""
    bounded(data, MAX_DOCUMENT_BYTES)
    try:
        return msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DocumentError(f"not the JSON expected: {first_line(error)}") from error


def toml(data: bytes, shape: type[Shape]) -> Shape:
    """Decode TOML of this shape; a byte order mark is allowed."""
    bounded(data, MAX_TOML_BYTES)
    try:
        return msgspec.toml.decode(data.removeprefix(b"\xef\xbb\xbf"), type=shape)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise DocumentError(f"not the TOML expected: {first_line(error)}") from error


def bounded(data: bytes, limit: int) -> None:
    """Refuse data larger than ``limit`` bytes."""
    if len(data) > limit:
        raise DocumentError(f"{len(data)} bytes are more than the {limit} that are decoded")


def first_line(error: Exception) -> str:
    """What a library said, cut to one short line."""
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
