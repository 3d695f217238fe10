"""What was compiled, kept for the next run.

An entry carries its own digest and must belong to the user, who alone may write it: any other is
passed over. A folder that cannot be written to costs the compiling, no more.
"""

import hashlib
import os
from contextlib import suppress
from stat import S_ISREG

DIGEST_BYTES = 32
FOLDER = "compiled"


def fetch(folder: str, name: str) -> bytes | None:
    """What was kept under this name; ``None`` where nothing whole is, or there is no folder."""
    try:
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        fd = os.open(f"{folder}/{FOLDER}/{name}", flags) if folder else -1
    except OSError:
        return None
    if fd < 0:
        return None
    with os.fdopen(fd, "rb") as file:
        status = os.fstat(fd)
        if not S_ISREG(status.st_mode) or status.st_uid != os.geteuid() or status.st_mode & 0o022:
            return None
        data = file.read()
    digest, stored = data[:DIGEST_BYTES], data[DIGEST_BYTES:]
    return stored if hashlib.sha256(stored).digest() == digest else None


def keep(folder: str, name: str, data: bytes) -> None:
    """Keep something under a name, in place of what was kept under it."""
    if not folder:
        return
    path = f"{folder}/{FOLDER}/{name}"
    fresh = f"{path}.{os.getpid()}"
    with suppress(OSError):
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        with open(fresh, "wb", opener=_private) as file:
            file.write(hashlib.sha256(data).digest())
            file.write(data)
        os.replace(fresh, path)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
