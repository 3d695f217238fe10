"""Messages over a stream: length in bytes, 4 bytes little endian, then the payload."""

import socket
from struct import pack, unpack
from time import monotonic

HEAD_BYTES = 4
PIECE_BYTES = 1024 * 1024


class TooLong(Exception):  # noqa: N818 - what the other end did, which callers turn into a gap
    """The other end announces more than it may."""


def send(channel: socket.socket, payload: bytes) -> None:
    """All of a message; ``OSError`` where the other end is gone or takes nothing in time."""
    channel.sendall(pack("<I", len(payload)))
    channel.sendall(payload)


def receive(channel: socket.socket, most: int, *, seconds: float = 0) -> bytes:
    """A message; empty where the stream ends before.

    Raises ``TooLong`` for one of more than ``most`` bytes, and ``TimeoutError`` where it is not all
    here within ``seconds``, of which 0 are any number.
    """
    due = monotonic() + seconds if seconds else 0.0
    head = _exactly(channel, HEAD_BYTES, due)
    if len(head) < HEAD_BYTES:
        return b""
    size = unpack("<I", head)[0]
    if size > most:
        raise TooLong(f"{size} bytes, of which {most} are taken")
    payload = _exactly(channel, size, due)
    return payload if len(payload) == size else b""


def _exactly(channel: socket.socket, size: int, due: float) -> bytes:
    pieces, missing = [], size
    while missing:
        if due:
            left = due - monotonic()
            if left <= 0:
                raise TimeoutError
            channel.settimeout(left)
        piece = channel.recv(min(missing, PIECE_BYTES))
        if not piece:
            break
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)
