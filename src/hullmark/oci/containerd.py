"""containerd's image and content services: a few calls of gRPC over its Unix socket.

Services: https://github.com/containerd/containerd/tree/main/api/services (images, content,
namespaces, introspection), https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from stat import S_ISREG

import httpcore2

from hullmark.model import Gap, SourceError
from hullmark.oci.documents import Descriptor
from hullmark.oci.image import Place
from hullmark.oci.stream import write

TIMEOUTS_S = {"connect": 10.0, "read": 60.0, "write": 10.0, "pool": 10.0}
MAX_ANSWER_BYTES = 16 * 1024 * 1024
"""Of one message; containerd sends content in pieces of 1 MiB, and lists of names."""

MAX_CONTENT_BYTES = 64 * 1024**3
"""As of a blob in a registry."""

MAX_NAMESPACES = 1000
DEFAULT = "default"
NOT_FOUND = "5"
"""gRPC status, https://grpc.io/docs/guides/status-codes/."""

_SERVICES = "containerd.services"
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5


class NotFoundError(Exception):
    """The daemon has nothing of that name."""


class Containerd:
    """A daemon at a socket; ``namespace`` is where images are looked for, empty for everywhere."""

    def __init__(self, socket: str, namespace: str, closing: ExitStack) -> None:
        self.name = f"containerd at {socket}"
        self._namespace = namespace
        self._pool = httpcore2.ConnectionPool(uds=socket, http1=False, http2=True)
        closing.callback(self._pool.close)

    def find(self, names: list[str]) -> tuple[str, Descriptor]:
        """The namespace that has an image of one of these names, and what it is.

        Without a namespace to look in, all are tried, the default one first. ``SourceError`` when
        none has it.
        """
        for namespace in [self._namespace] if self._namespace else self._namespaces():
            for name in names:
                try:
                    answer = self._call("images.v1.Images/Get", _text(1, name), namespace)
                except NotFoundError:
                    continue
                target = _message(_message(answer, 1), 3)
                found = Descriptor(
                    media_type=_string(target, 1), digest=_string(target, 2), size=_int(target, 3)
                )
                return namespace, found
        where = f"namespace {self._namespace!r}" if self._namespace else "any namespace"
        raise SourceError(self.name, f"has no image {names[0]!r} in {where}")

    def content_root(self, namespace: str) -> str:
        """The folder of the content store, empty when the daemon does not tell."""
        request = _text(1, "type==io.containerd.content.v1,id==content")
        try:
            plugin = _message(
                self._call("introspection.v1.Introspection/Plugins", request, namespace), 1
            )
        except (NotFoundError, SourceError):
            return ""
        exports = {_string(each, 1): _string(each, 2) for each in _all(plugin, 5)}
        return exports.get("root", "")

    def read(self, digest: str, namespace: str, take: Callable[[bytes], object]) -> None:
        """Hand on a blob's bytes in order; ``NotFoundError`` when there is none.

        How a stream ended stands behind its content, which is not seen here: so the daemon is
        asked before whether the blob is there, and how long it is.
        """
        info = _message(self._call("content.v1.Content/Info", _text(1, digest), namespace), 1)
        left = _int(info, 2)
        if left > MAX_CONTENT_BYTES:
            raise SourceError(self.name, f"{digest}: {left} bytes are not read")
        for message in self._stream("content.v1.Content/Read", _text(1, digest), namespace):
            data = _field(message, 2)
            left -= len(data)
            if left < 0:
                raise SourceError(self.name, f"{digest}: sends more than it says it has")
            take(data)
        if left:
            raise SourceError(self.name, f"{digest}: the content was cut short")

    def _namespaces(self) -> list[str]:
        try:
            answer = self._call("namespaces.v1.Namespaces/List", b"", DEFAULT)
        except NotFoundError as error:
            raise SourceError(self.name, "lists no namespaces") from error
        names = [_string(each, 1) for each in _all(answer, 1)][:MAX_NAMESPACES]
        return sorted(names, key=lambda name: (name != DEFAULT, name))

    def _call(self, method: str, request: bytes, namespace: str) -> bytes:
        for message in self._stream(method, request, namespace):
            return message
        raise SourceError(self.name, f"{method}: an empty answer")

    def _stream(self, method: str, request: bytes, namespace: str) -> Iterator[bytes]:
        """The messages that answer one request."""
        headers: list[tuple[bytes | str, bytes | str]] = [
            ("host", "localhost"),
            ("content-type", "application/grpc"),
            ("te", "trailers"),
            ("containerd-namespace", os.fsencode(namespace)),
        ]
        url = f"http://localhost/{_SERVICES}.{method}"
        content = b"\0" + len(request).to_bytes(4, "big") + request
        try:
            with self._pool.stream(
                "POST",
                url,
                headers=headers,
                content=content,
                extensions={"timeout": TIMEOUTS_S},
            ) as answer:
                self._hold(method, answer)
                yield from self._messages(method, answer.iter_stream())
        except (OSError, ValueError, *_ERRORS) as error:
            raise SourceError(self.name, f"{method}: {_why(error)}") from error

    def _hold(self, method: str, answer: httpcore2.Response) -> None:
        """Whether the call went through, as far as the head of the answer tells."""
        told = {key.lower(): value for key, value in answer.headers}
        status = told.get(b"grpc-status", b"0").decode(errors="replace")
        if status == NOT_FOUND:
            raise NotFoundError
        if answer.status != 200 or status != "0":  # noqa: PLR2004 - HTTP's OK
            says = told.get(b"grpc-message", b"").decode(errors="replace")
            raise SourceError(self.name, f"{method}: status {answer.status}/{status} {says[:300]}")

    def _messages(self, method: str, chunks: Iterator[bytes]) -> Iterator[bytes]:
        buffer = bytearray()
        for chunk in chunks:
            buffer += chunk
            while len(buffer) >= 5:  # noqa: PLR2004 - flag and length
                size = int.from_bytes(buffer[1:5], "big")
                if buffer[0] or size > MAX_ANSWER_BYTES:
                    raise SourceError(self.name, f"{method}: a message of {size} bytes")
                if len(buffer) < 5 + size:
                    break
                yield bytes(buffer[5 : 5 + size])
                del buffer[: 5 + size]
        if buffer:
            raise SourceError(self.name, f"{method}: the answer was cut short")


class Content:
    """Blobs of one namespace: opened where they lie if we may, else asked for and put aside."""

    def __init__(
        self, daemon: Containerd, namespace: str, scratch: Callable[[], int], closing: ExitStack
    ) -> None:
        self.name = daemon.name
        self.gaps: list[Gap] = []
        self._daemon = daemon
        self._namespace = namespace
        self._scratch = scratch
        self._closing = closing
        self._root = daemon.content_root(namespace)
        self._open: dict[str, Place] = {}

    def blob(self, descriptor: Descriptor) -> Place | None:
        """Where a blob is; ``None`` when the daemon has let go of it."""
        digest = descriptor.digest
        if digest not in self._open:
            fd = self._opened(digest)
            if fd < 0:
                fd = self._fetched(digest)
            if fd < 0:
                return None
            self._open[digest] = Place(fd, 0, os.fstat(fd).st_size)
        return self._open[digest]

    def layer(self, descriptor: Descriptor) -> Place:
        """Where a layer is; daemons may be set up to drop what they have unpacked."""
        if place := self.blob(descriptor):
            return place
        why = "containerd does not keep it: unpacked layers are dropped, or were never fetched"
        self.gaps.append(Gap(unit="layer", subject=descriptor.digest, why=why))
        return Place(-1, 0, descriptor.size)

    def file(self, path: str) -> Place | None:
        """A content store has no files but blobs."""
        del path
        return None

    def _opened(self, digest: str) -> int:
        """The blob's own file, -1 where we cannot reach it: in a container, or without root."""
        if not self._root.startswith("/"):
            return -1
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        try:
            fd = os.open(f"{self._root}/blobs/{digest.replace(':', '/')}", flags)
        except OSError:
            return -1
        self._closing.callback(os.close, fd)
        return fd if S_ISREG(os.fstat(fd).st_mode) else -1

    def _fetched(self, digest: str) -> int:
        """An unnamed file with the blob's bytes, -1 when the daemon has none."""
        fd = self._scratch()
        self._closing.callback(os.close, fd)
        at = 0

        def take(data: bytes) -> None:
            nonlocal at
            try:
                at += write(fd, data, at)
            except OSError as error:
                raise SourceError(self.name, f"cannot be put aside: {error.strerror}") from error

        try:
            self._daemon.read(digest, self._namespace, take)
        except NotFoundError:
            return -1
        return fd


_ERRORS = (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException)


def _why(error: Exception) -> str:
    return (str(error) or type(error).__name__)[:300]


def _text(field: int, text: str) -> bytes:
    """A field of text, as protobuf writes it."""
    data = os.fsencode(text)
    return _packed(field << 3 | _BYTES) + _packed(len(data)) + data


def _packed(number: int) -> bytes:
    out = bytearray()
    while number >= 0x80:  # noqa: PLR2004 - seven bits a byte
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def _fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Fields of a protobuf message by number; https://protobuf.dev/programming-guides/encoding/."""
    at = 0
    while at < len(data):
        key, at = _number(data, at)
        kind = key & 7
        if kind == _VARINT:
            value: int | bytes
            value, at = _number(data, at)
        elif kind == _BYTES:
            size, at = _number(data, at)
            value, at = data[at : at + size], at + size
        elif kind in (_FIXED32, _FIXED64):
            size = 4 if kind == _FIXED32 else 8
            value, at = data[at : at + size], at + size
        else:
            raise SourceError("containerd", "an answer is no protobuf message")
        if at > len(data):
            raise SourceError("containerd", "an answer is cut short")
        yield key >> 3, value


def _number(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        byte = data[at : at + 1]
        if not byte:
            break
        value |= (byte[0] & 0x7F) << shift
        at += 1
        if byte[0] < 0x80:  # noqa: PLR2004 - the last byte of a number
            return value, at
    raise SourceError("containerd", "an answer holds a broken number")


def _all(data: bytes, field: int) -> list[bytes]:
    return [
        value for number, value in _fields(data) if number == field and isinstance(value, bytes)
    ]


def _field(data: bytes, field: int) -> bytes:
    found = _all(data, field)
    return found[-1] if found else b""


_message = _field


def _string(data: bytes, field: int) -> str:
    return _field(data, field).decode(errors="replace")


def _int(data: bytes, field: int) -> int:
    numbers = [value for number, value in _fields(data) if number == field]
    return next((value for value in reversed(numbers) if isinstance(value, int)), 0)
