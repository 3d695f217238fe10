"""HTTP exchanges with hosts that may be hostile: bounded in time, and with no wrong address.

Nothing is followed, decoded or tried again here.
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import SplitResult, urlsplit

import httpcore2
from httpcore2 import SOCKET_OPTION, NetworkStream

from hullmark import __version__
from hullmark.model import SourceError
from hullmark.oci.addresses import PORTS, Reach, leads_astray, reach_of
from hullmark.oci.proxy import proxied, proxy_of

CONNECT_S = 15.0
SILENCE_S = 30.0
"""Between two pieces of an answer."""

ANSWER_S = 30.0
"""From asking until the answer's head is there, and for the whole of a document."""

PULL_S = 6 * 3600.0
"""All reads of one pull together: 256 GiB, the largest image, take 13 MB a second."""

READ_BYTES = 256 * 1024
"""At a time. The library asks for 64 KiB and takes what comes; each piece costs it 100 us."""

MAX_CONNECTIONS = 8
MAX_ADDRESSES = 8
"""Of one name, tried one after the other."""

AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504))
"""What a server answers that may do better in a moment."""

PEER = "hullmark_peer"
"""What a connection is asked for the address that it was made to."""


class RefusedError(SourceError):
    """An address or protocol that must not be used: trying again is of no use."""


class UnreachableError(SourceError):
    """Nobody answered, or not to the end: trying again may help."""


class BusyError(UnreachableError):
    """A server that asks to be asked again, after so many seconds."""

    def __init__(self, place: str, why: str, after_s: float) -> None:
        super().__init__(place, why)
        self.after_s = after_s


class UnconnectedError(UnreachableError):
    """There is nobody at this address, or no way there."""


class NotTLSError(UnconnectedError):
    """The other side does not speak TLS."""


class Response:
    """Head of an answer, and its body in pieces as they come.

    ``reach`` says from where it came; of what came through a proxy only numbers tell that.
    """

    def __init__(
        self, url: str, response: httpcore2.Response, renew: Callable[[], None], reach: Reach
    ) -> None:
        self.url = url
        self.reach = reach
        self._renew = renew
        self.status = response.status
        self.headers = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in response.headers
        }
        self.challenges = [
            value.decode("latin-1")
            for name, value in response.headers
            if name.lower() == b"www-authenticate"
        ]
        self._response = response

    def pieces(self) -> Iterator[bytes]:
        """The body as sent; ``UnreachableError`` when it breaks off."""
        with _told(self.url):
            for piece in self._response.iter_stream():
                yield piece
                self._renew()

    def body(self, limit: int) -> bytes:
        """A whole document, refused beyond ``limit`` bytes."""
        encoding = self.headers.get("content-encoding", "identity")
        if encoding != "identity":
            raise SourceError(
                place(self.url), f"answers in an encoding not asked for: {encoding!r}"
            )
        data = bytearray()
        for piece in self.pieces():
            data += piece
            if len(data) > limit:
                raise SourceError(place(self.url), f"answers with more than {limit} bytes")
        return bytes(data)


class Transport:
    """Connections of one pull. ``stop`` breaks off whatever is under way, in any thread.

    ``PULL_S`` after its making nothing is read any more.

    Servers may lead to ``allowed`` hosts wherever those are, as the user says.
    """

    def __init__(self, ca_file: str = "", allowed: Collection[str] = ()) -> None:
        try:
            self._tls = ssl.create_default_context()
            if ca_file:
                self._tls.load_verify_locations(ca_file)
        except OSError as error:
            raise SourceError(ca_file, f"cannot be read as certificates: {error}") from error
        self._allowed = frozenset(host.lower() for host in allowed)
        self._backend = _Backend()
        self._pools: dict[tuple[str, Reach], httpcore2.ConnectionPool] = {}
        self._lock = threading.Lock()

    @contextmanager
    def ask(
        self,
        method: str,
        url: str,
        headers: dict[str, str],
        *,
        content: bytes = b"",
        led_by: Reach = Reach.USER,
        patient: bool = False,
    ) -> Iterator[Response]:
        """Open an exchange. ``led_by`` says from where somebody speaks who chose the address.

        The whole answer must be here within ``ANSWER_S``; in a ``patient`` exchange the head, and
        then each piece.
        """
        parts = split(url)
        proxy = proxy_of(parts)
        host = parts.hostname or ""
        led_by = Reach.USER if host in self._allowed else led_by
        refuse_address(host, url, led_by)
        sent = [
            ("Host", parts.netloc),
            ("User-Agent", f"hullmark/{__version__}"),
            ("Accept-Encoding", "identity"),
            *headers.items(),
        ]
        timeout = {"connect": CONNECT_S, "read": SILENCE_S, "write": SILENCE_S, "pool": ANSWER_S}
        led_by = Reach.USER if proxy else led_by
        self._backend.begin(led_by)
        try:
            with _told(url):
                opened = self._pool(proxy, led_by).stream(
                    method,
                    url,
                    headers=sent,
                    content=content or None,
                    extensions={"timeout": timeout},
                )
                response = opened.__enter__()
            try:
                renew = self._backend.renew if patient else lambda: None
                peer = host if proxy else _peer(response)
                yield Response(url, response, renew, reach_of(peer))
            finally:
                with suppress(httpcore2.NetworkError, httpcore2.ProtocolError):
                    opened.__exit__(None, None, None)
        finally:
            self._backend.begin(Reach.USER)

    def stop(self) -> None:
        """Break all connections off; what reads from them fails at once."""
        self._backend.stop()

    def close(self) -> None:
        """Close all connections."""
        for pool in self._pools.values():
            pool.close()

    def _pool(self, proxy: str, led_by: Reach) -> httpcore2.ConnectionPool:
        """Connections are kept for those who may be led as far: only their making is judged."""
        with self._lock:
            if (proxy, led_by) not in self._pools:
                self._pools[proxy, led_by] = httpcore2.ConnectionPool(
                    ssl_context=self._tls,
                    proxy=proxied(proxy) if proxy else None,
                    max_connections=MAX_CONNECTIONS,
                    keepalive_expiry=ANSWER_S,
                    network_backend=self._backend,
                )
            return self._pools[proxy, led_by]


class _Backend(httpcore2.SyncBackend):
    """Connects where that is allowed, and knows until when each thread may wait."""

    def __init__(self) -> None:
        self._thread = threading.local()
        self._sockets: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._stopped = False
        self._ends_at = time.monotonic() + PULL_S

    def begin(self, led_by: Reach) -> None:
        """What holds for this thread's next connections and reads."""
        self._thread.led_by = led_by
        self.renew()

    def renew(self) -> None:
        """Give this thread's next reads their full time."""
        self._thread.until = time.monotonic() + ANSWER_S

    def left(self, timeout: float | None) -> float:
        """Seconds that this thread may wait; ``ReadTimeout`` when there are none.

        ``RefusedError`` when the whole pull has none left.
        """
        if time.monotonic() > self._ends_at:
            raise RefusedError("registry", f"not all came within {PULL_S / 3600:.0f} hours")
        left: float = min(timeout or SILENCE_S, self._thread.until - time.monotonic())
        if left <= 0:
            raise httpcore2.ReadTimeout(f"no whole answer within {ANSWER_S:.0f} s")
        return left

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> NetworkStream:
        """Connect to the first of a name's addresses that answers, all of them in one deadline.

        Nothing is connected where a server led us and must not.
        """
        options = list(socket_options or ())
        failed: Exception = httpcore2.ConnectError(f"{host} has no address")
        for address in _addresses(host, port):
            refuse_address(address, host, self._thread.led_by)
            wait_s = self.left(timeout)
            try:
                stream = super().connect_tcp(address, port, wait_s, local_address, options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
            else:
                return _Stream(stream, self, address)
        raise failed

    def opened(self, stream: NetworkStream) -> None:
        """Remember a connection, to be able to break it off."""
        with self._lock:
            self._sockets = {each for each in self._sockets if each.fileno() >= 0}
            self._sockets.add(stream.get_extra_info("socket"))
        if self._stopped:
            self.stop()

    def stop(self) -> None:
        """Wake every thread that waits for the other side."""
        with self._lock:
            self._stopped = True
            for each in self._sockets:
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)


class _Stream(NetworkStream):
    """A connection whose reads end at their thread's deadline."""

    def __init__(self, stream: NetworkStream, backend: _Backend, address: str) -> None:
        self._stream = stream
        self._backend = backend
        self._address = address
        backend.opened(stream)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max(max_bytes, READ_BYTES), self._backend.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._backend.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, timeout)
        return _Stream(secured, self._backend, self._address)

    def get_extra_info(self, info: str) -> object:
        return self._address if info == PEER else self._stream.get_extra_info(info)


def split(url: str) -> SplitResult:
    """The parts of an address that may be asked: HTTP, with a host, without credentials."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise RefusedError(repr(place(url)), "is no address") from error
    if parts.scheme not in PORTS or not parts.hostname or port == 0:
        raise RefusedError(repr(place(url)), "is no HTTP address")
    if "@" in parts.netloc or not url.isascii() or not url.isprintable() or " " in url:
        raise RefusedError(place(url), "is an address with credentials or odd characters")
    return parts


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port: credentials are for these only."""
    parts = split(url)
    return parts.scheme, parts.hostname or "", parts.port or PORTS[parts.scheme]


def place(url: str) -> str:
    """An address as errors name it: without its query, which may hold a signature."""
    return url.partition("?")[0].rpartition("@")[2][:200]


def refuse_address(host: str, told: str, led_by: Reach) -> None:
    """``RefusedError`` for numbers where nobody of this reach may lead; names are for later."""
    if leads_astray(host, led_by):
        said = f"leads to {host}, where no image is fetched from unless --redirect-host names it"
        raise RefusedError(place(told), said)


def _addresses(host: str, port: int) -> list[str]:
    """Where a name leads, in the order in which the system would try."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore2.ConnectError(str(error)) from error
    return list(dict.fromkeys(str(where[0]) for *_, where in found))[:MAX_ADDRESSES]


def _peer(response: httpcore2.Response) -> str:
    """The address that an answer comes from."""
    return str(response.extensions["network_stream"].get_extra_info(PEER))


@contextmanager
def _told(url: str) -> Iterator[None]:
    """The library's errors as ours: none holds a header or a query."""
    try:
        yield
    except httpcore2.TimeoutException as error:
        raise UnreachableError(
            place(url), f"does not answer: {str(error) or 'no sign of life'}"
        ) from error
    except httpcore2.ConnectError as error:
        raise _unconnected(url, error) from error
    except httpcore2.LocalProtocolError as error:  # it would quote what we were about to send
        raise RefusedError(place(url), "cannot be asked: a header is malformed") from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.ProxyError) as error:
        raise UnreachableError(place(url), f"broke off: {str(error)[:200]!r}") from error
    except (httpcore2.UnsupportedProtocol, UnicodeError) as error:
        raise RefusedError(place(url), "is no address") from error


def _unconnected(url: str, error: httpcore2.ConnectError) -> SourceError:
    cause = error.__cause__ or error.__context__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return RefusedError(place(url), f"has no certificate to trust: {cause.verify_message}")
    if isinstance(cause, ssl.SSLError):
        return NotTLSError(place(url), f"does not speak TLS: {cause.reason}")
    return UnconnectedError(place(url), f"cannot be reached: {error}")
