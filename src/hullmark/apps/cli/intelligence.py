"""What others know of malware, as far as it is on hand for a scan."""

import os
from contextlib import suppress
from re import compile as regex

import click

from hullmark.apps.cli.scan_options import CLAMD_HERE
from hullmark.apps.cli.target import intel_file
from hullmark.sieve.options import Daemon

CONFIGURATIONS = ("/etc/clamav/clamd.conf", "/etc/clamd.d/scan.conf", "/etc/clamd.conf")
"""Where distributions keep what clamd is told; the first that can be read counts."""

SOCKET = "/run/clamav/clamd.ctl"
MAX_CONFIGURATION_CHARS = 1024 * 1024
MAX_STREAM_BYTES = 4 * 1000**3
"""More than clamd takes, whatever it is told; smaller limits it tells itself, or its file does."""

CLAMAV = "clamav"
"""What a report calls what ClamAV knows, among feeds."""

_size = regex(r"([0-9]{1,10})([kKmM]?)").fullmatch

LIST = "block list "
"""Before the name of a list, among what a report tells of feeds."""

Feeds = tuple[tuple[str, str], ...]


def lists_on_hand() -> tuple[str, Feeds]:
    """The file of lists, empty where there are none, and the lists with their imports.

    ``StoreError`` when it is damaged.
    """
    path = intel_file()
    if not os.path.exists(path):
        return "", ()
    from hullmark.store.intel_file import reading  # noqa: PLC0415 - few have lists

    with reading(path) as known:
        lists = known.lists()
    feeds = tuple((f"{LIST}{name}", each.imported) for name, each in lists.items())
    return (path, feeds) if lists else ("", ())


def daemon(named: str, *, wanted: bool) -> tuple[Daemon | None, Feeds]:
    """The clamd that is asked, where one is named, and which version it is.

    ``SourceError`` where it does not answer.
    """
    if not named:
        return None, ()
    if not wanted:
        raise click.UsageError("--clamd is part of the scanner malware, which is not asked for")
    from hullmark.sieve.clamd import Clamd, is_address  # noqa: PLC0415 - few have it

    here = named.lower() in (CLAMD_HERE, "true", "yes")
    found = _configured() if here else Daemon(address=named, limit_bytes=MAX_STREAM_BYTES)
    if not is_address(found.address):
        raise click.UsageError(
            f"--clamd wants a socket's whole path or HOST:PORT, not {found.address!r}"
        )
    return found, ((CLAMAV, Clamd(found).version()),)


def _configured() -> Daemon:
    """The daemon of this machine, as its configuration says."""
    said: dict[str, str] = {}
    for path in CONFIGURATIONS:
        with suppress(OSError), open(path, encoding="utf-8", errors="replace") as file:
            lines = (
                line.split(None, 1) for line in file.read(MAX_CONFIGURATION_CHARS).splitlines()
            )
            said = {line[0]: line[1].strip() for line in lines if len(line) > 1}
            break
    address = said.get("LocalSocket") or SOCKET
    if "TCPSocket" in said and "LocalSocket" not in said:
        address = f"{said.get('TCPAddr', 'localhost')}:{said['TCPSocket']}"
    found = _size(said.get("StreamMaxLength", ""))
    limit = MAX_STREAM_BYTES
    if found:
        limit = int(found[1]) * {"k": 1024, "m": 1024**2}.get(found[2].lower(), 1) or limit
    return Daemon(address=address, limit_bytes=min(limit, MAX_STREAM_BYTES))
