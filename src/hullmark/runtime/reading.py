"""Read a file of configuration in a jailed worker."""

import os
import stat
from collections.abc import Sequence
from typing import Self

import msgspec
from msgspec import Struct

from hullmark.model import SourceError
from hullmark.runtime.subject import Subject
from hullmark.sandbox import Crash, Limits, Zygote
from hullmark.sandbox.zygote import RESULT, Emit, Work

MAX_FILE_BYTES = 16 * 1024 * 1024
"""Of the largest kind, a manifest; parsers have narrower bounds of their own."""

LIMITS = Limits(memory_bytes=1024**3, file_bytes=0, cpu_s=60)
"""A manifest of 16 MiB takes some seconds and some hundred MB."""


class Asked(Struct, frozen=True, kw_only=True):
    """A file to read."""

    path: str
    content: bytes


class Answer(Struct, frozen=True, kw_only=True):
    """Its containers, or why there are none."""

    subjects: tuple[Subject, ...] = ()
    why: str = ""


class Reader:
    """Reads files by one zygote; create it before any thread runs."""

    def __init__(self) -> None:
        self._zygote = Zygote(_load, LIMITS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zygote.close()

    def read(self, path: str) -> tuple[Subject, ...]:
        """The containers of a file; ``SourceError`` when it has none or cannot be read."""
        asked = Asked(path=os.path.abspath(path).lstrip("/"), content=_content(path))
        try:
            self._zygote.greeting()
            job = self._zygote.start(msgspec.msgpack.encode(asked), [])
            answer = msgspec.msgpack.decode(job.result(), type=Answer)
        except (Crash, msgspec.DecodeError) as error:
            raise SourceError(path, str(error)) from error
        if answer.why:
            raise SourceError(path, answer.why)
        return answer.subjects


def _content(path: str) -> bytes:
    """All of a regular file; ``SourceError`` when it is none, or too large."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        raise SourceError(path, f"cannot be opened: {error.strerror}") from error
    with os.fdopen(fd, "rb") as file:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            raise SourceError(path, "is no regular file")
        content = file.read(MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        raise SourceError(path, f"has more than the {MAX_FILE_BYTES} bytes that are read")
    return content


def _load() -> tuple[bytes, Work]:
    """Import what workers need, in the zygote: this process never parses."""
    from hullmark.model import File, ParseError, yaml  # noqa: PLC0415 - parsers take 100 ms
    from hullmark.runtime.found import subjects  # noqa: PLC0415

    yaml.decode(b"a: 1", dict)

    def work(request: bytes, descriptors: Sequence[int], emit: Emit) -> None:
        del descriptors
        asked = msgspec.msgpack.decode(request, type=Asked)
        try:
            found = subjects(File(path=asked.path, content=asked.content))
            answer = Answer(subjects=tuple(found))
        except ParseError as error:
            answer = Answer(why=error.why)
        emit(RESULT, msgspec.msgpack.encode(answer))

    return b"ready", work
