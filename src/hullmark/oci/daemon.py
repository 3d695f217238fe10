"""Images out of a daemon that speaks Docker's API, over its Unix socket.

API: https://docs.docker.com/reference/api/engine/ (podman answers the same requests).
"""

import os
import socket
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException, HTTPResponse, IncompleteRead
from urllib.parse import quote

import msgspec
from msgspec import Struct

from hullmark.model import SourceError
from hullmark.oci.stream import write

CONNECT_S = 10.0
SILENCE_S = 300.0
"""A daemon packs a large layer for a minute before it sends the first byte."""

CHUNK_BYTES = 1024 * 1024
MAX_ANSWER_BYTES = 1024 * 1024
MAX_ARCHIVE_BYTES = 256 * 1024**3
"""As of an image in a registry."""

MAX_MESSAGE_CHARS = 300

_FOUND, _MISSING = 200, 404


class Failure(Struct, frozen=True):
    """What a daemon says went wrong."""

    message: str = ""


class Daemon:
    """A daemon at the first of these socket paths that exists; ``name`` is for messages."""

    def __init__(self, name: str, sockets: Sequence[str]) -> None:
        self._name = name
        self._path = next((path for path in sockets if os.path.exists(path)), sockets[-1])

    def export(self, reference: str, fd: int) -> int:
        """Write an image's archive to a file, and answer its size in bytes.

        ``SourceError`` when no daemon answers, it has no such image, or breaks off.
        """
        connection = _Connection(self._path)
        try:
            named = quote(os.fsencode(reference), safe="/:@")
            answer = self._get(connection, f"/images/{named}/get", reference)
            return self._copy(answer, fd, reference)
        except (OSError, HTTPException) as error:
            why = getattr(error, "strerror", None) or str(error) or type(error).__name__
            why = f"broke off at {self._path}: {why.strip()[:MAX_MESSAGE_CHARS]}"
            raise SourceError(f"{self._name}:{reference}", why) from error
        finally:
            connection.close()

    def _get(self, connection: "_Connection", path: str, reference: str) -> HTTPResponse:
        try:
            connection.connect()
        except OSError as error:
            why = f"no daemon answers at {self._path}: {error.strerror or error}"
            raise SourceError(f"{self._name}:{reference}", why) from error
        connection.request("GET", path, headers={"Host": "localhost"})
        answer = connection.getresponse()
        if answer.status == _MISSING:
            raise SourceError(f"{self._name}:{reference}", "the daemon has no such image")
        if answer.status != _FOUND:
            raise SourceError(f"{self._name}:{reference}", _said(answer))
        return answer

    def _copy(self, answer: HTTPResponse, fd: int, reference: str) -> int:
        at = 0
        while data := answer.read(CHUNK_BYTES):
            try:
                at += write(fd, data, at)
            except OSError as error:
                why = f"cannot be put aside: {error.strerror}"
                raise SourceError(f"{self._name}:{reference}", why) from error
            if at > MAX_ARCHIVE_BYTES:
                why = f"the daemon sends more than {MAX_ARCHIVE_BYTES} bytes"
                raise SourceError(f"{self._name}:{reference}", why)
        if answer.length:
            raise IncompleteRead(b"", answer.length)
        return at


class _Connection(HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost")
        self._path = path

    def connect(self) -> None:
        """Reach the socket within ``CONNECT_S``; from then on wait up to ``SILENCE_S``."""
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC)
        self.sock.settimeout(CONNECT_S)
        try:
            self.sock.connect(self._path)
        except OSError:
            self.sock.close()
            raise
        self.sock.settimeout(SILENCE_S)


def unix_socket(name: str, variable: str) -> str:
    """The socket that a variable such as ``DOCKER_HOST`` names, empty when it is not set.

    ``SourceError`` when it names anything but a Unix socket.
    """
    address = os.environ.get(variable, "")
    if not address:
        return ""
    path = address.removeprefix("unix://")
    if not path.startswith("/"):
        raise SourceError(
            f"{name}:", f"{variable}={address!r} is no Unix socket; others are not read"
        )
    return path


def _said(answer: HTTPResponse) -> str:
    """A daemon's own message, or its status."""
    try:
        data = answer.read(MAX_ANSWER_BYTES)
        message = msgspec.json.decode(data, type=Failure).message
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        message = ""
    return f"the daemon says: {(message or answer.reason)[:MAX_MESSAGE_CHARS]} ({answer.status})"
