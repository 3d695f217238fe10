"""Files held against ClamAV, by asking a running clamd.

Protocol: https://docs.clamav.net/manual/Usage/ClamdProtocol.html
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from re import compile as regex
from struct import pack

from hullmark.model import Severity, SourceError
from hullmark.sieve.options import Daemon

TIMEOUT_S = 300.0
"""For one file: clamd gives up after two minutes by default (MaxScanTime)."""

CONNECT_S = 10.0
MAX_ANSWER_BYTES = 4096
MAX_SHOWN_CHARS = 200

_host = regex(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):(?P<port>[0-9]{1,5})").fullmatch
_version = regex(
    r"(?:ClamAV )?(?P<program>[^/]*)(?:/(?P<database>\d+)(?:/(?P<date>.*))?)?"
).fullmatch


class Lost(Exception):  # noqa: N818 - what happened to a connection, which callers turn into a Gap
    """clamd does not answer; the message is one lower-case clause."""


class Clamd:
    """A daemon at an address: a socket's path, or a host and port."""

    def __init__(self, daemon: Daemon) -> None:
        self._address = daemon.address
        self.limit_bytes = daemon.limit_bytes

    def version(self) -> str:
        """What it says it is, with its database; ``SourceError`` where nobody answers to PING."""
        try:
            said = self._ask(b"PING")
            if said != "PONG":
                raise SourceError(self._address, f"is no clamd: it answers {said!r}")
            found = _version(self._ask(b"VERSION"))
        except Lost as error:
            raise SourceError(self._address, f"no clamd answers: {error}") from error
        if found is None:
            raise SourceError(self._address, "clamd does not say which version it is")
        database = f", database {found['database']}" if found["database"] else ", no daily database"
        date = f" of {found['date'].strip()}" if found["date"] else ""
        return f"ClamAV {found['program'].strip()}{database}{date}"

    @contextmanager
    def stream(self) -> Iterator["Stream"]:
        """A file on its way; raises ``Lost`` where it cannot be sent."""
        with self._connected() as connection:
            stream = Stream(connection)
            stream.begin()
            yield stream

    def _ask(self, command: bytes) -> str:
        with self._connected() as connection:
            try:
                connection.sendall(b"z" + command + b"\0")
                return _answer(connection)
            except OSError as error:
                raise Lost(_reason(error)) from error

    @contextmanager
    def _connected(self) -> Iterator[socket.socket]:
        try:
            connection = self._connect()
        except OSError as error:
            raise Lost(_reason(error)) from error
        with connection:
            connection.settimeout(TIMEOUT_S)
            yield connection

    def _connect(self) -> socket.socket:
        found = None if self._address.startswith("/") else _host(self._address)
        if found:
            return socket.create_connection(
                (found["host"].strip("[]"), int(found["port"])), CONNECT_S
            )
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.settimeout(CONNECT_S)
            connection.connect(self._address)
        except BaseException:  # an interrupt too leaves no socket open
            connection.close()
            raise
        return connection


class Stream:
    """One file, by ``INSTREAM``: blocks behind their length in network order, and an empty one."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._refused = ""

    def begin(self) -> None:
        """Ask for it."""
        self._send(b"zINSTREAM\0")

    def feed(self, data: bytes | bytearray) -> None:
        """Send the next bytes; what follows a refusal is not sent."""
        if data and not self._refused:
            self._send(pack(">I", len(data)))
            self._send(data)

    def answer(self) -> str:
        """What clamd says, without ``stream:`` in front. Raises ``Lost``."""
        if not self._refused:
            self._send(pack(">I", 0))
        if not self._refused:
            self._refused = self._read()
        return self._refused.removeprefix("stream: ").removeprefix("stream:")

    def _send(self, data: bytes | bytearray) -> None:
        if self._refused:
            return
        try:
            self._connection.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            self._refused = self._read()  # it closed, and says why where it can
        except OSError as error:
            raise Lost(_reason(error)) from error

    def _read(self) -> str:
        try:
            return _answer(self._connection)
        except OSError as error:
            raise Lost(_reason(error)) from error


def is_address(text: str) -> bool:
    """Whether this is a socket's absolute path, or a host and port."""
    return text.startswith("/") or _host(text) is not None


def severity(signature: str) -> Severity:
    """How grave it is that a signature fires."""
    if signature.startswith("PUA."):
        return Severity.MEDIUM
    return Severity.HIGH if signature.startswith("Heuristics.") else Severity.CRITICAL


def _answer(connection: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0"):
        more = connection.recv(MAX_ANSWER_BYTES)
        if not more or len(said) > MAX_ANSWER_BYTES:
            break
        said += more
    if not said:
        raise Lost("the connection was closed without an answer")
    return said.split(b"\0")[0].decode(errors="replace").strip()


def _reason(error: OSError) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return (error.strerror or str(error))[:MAX_SHOWN_CHARS]
