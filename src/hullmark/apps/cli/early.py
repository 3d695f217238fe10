"""The process that prepares workers, begun before the command line is read.

It takes as long to import parsers and checks as this one takes to come to know the target.
"""

from collections.abc import Iterator
from contextlib import suppress

from hullmark.sandbox.early import Early, Step
from hullmark.sandbox.jail import OF_PARSERS
from hullmark.sandbox.zygote import Work

COMMANDS = frozenset(("scan", "report", "fix"))
"""Those that read whatever a target holds."""

_begun: list[Early] = []


def begin() -> None:
    """Fork it; call this once, before any thread is started."""
    with suppress(OSError):  # who needs one forks it then, and tells why that cannot be
        _begun.append(Early(_steps(), _load, OF_PARSERS))


def begun() -> Early | None:
    """What was begun and nobody has taken yet."""
    return _begun.pop() if _begun else None


def end() -> None:
    """End what was begun, if nobody has taken it: its parent may be one that buries no others."""
    if unused := begun():
        unused.close()


def _steps() -> Iterator[Step]:
    """What most are asked for, in the order of how many are."""
    yield _worker
    yield _parsers
    yield _checks


def _load(brief: bytes) -> tuple[bytes, Work]:
    from hullmark.scan.worker import load_told  # noqa: PLC0415 - in the child alone

    return load_told(brief)


def _worker() -> None:
    import hullmark.scan.worker  # noqa: F401, PLC0415 - as above


def _parsers() -> None:
    import hullmark.parsers  # noqa: PLC0415 - as above
    from hullmark.unit import Parser, discover  # noqa: PLC0415

    discover(hullmark.parsers, Parser)


def _checks() -> None:
    from hullmark.scan.file_checks import file_checks  # noqa: PLC0415 - as above
    from hullmark.sieve.options import Looking  # noqa: PLC0415

    file_checks(Looking(config=True))
