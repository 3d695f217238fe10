"""Files of the user: told from those of strangers, and read whole within bounds."""

import os

from hullmark.model import PolicyError
from hullmark.model.documents import DocumentError


def is_own(path: str) -> bool:
    """Whether there is a file that the user or root owns, as is the link that leads to it."""
    try:
        owners = {os.stat(path).st_uid, os.lstat(path).st_uid}
    except OSError:
        return False
    return os.path.isfile(path) and owners <= {0, os.geteuid()}


def spelled(path: str) -> str:
    r"""A path as reports hold it: bytes that are no UTF-8 stand as ``\xNN``."""
    return os.fsencode(path).decode(errors="backslashreplace")


def content(path: str, limit_bytes: int) -> bytes:
    """The bytes of a file; ``PolicyError`` where it cannot be read or has more than the limit."""
    try:
        with open(path, "rb") as file:
            data = file.read(limit_bytes + 1)
    except OSError as error:
        raise PolicyError(path, f"cannot be read: {error.strerror}") from error
    if len(data) > limit_bytes:
        raise PolicyError(path, f"more than the {limit_bytes} bytes that are read")
    return data


def keys(data: bytes, path: str) -> dict[str, object]:
    """The keys of the one YAML document in these bytes; none where nothing is written."""
    if not data.strip():
        return {}
    from hullmark.model.yaml import decode_all  # noqa: PLC0415 - YAML takes 20 ms

    found: object = None
    try:
        for document in decode_all(data):
            if found is not None and document is not None:
                raise PolicyError(path, "holds more than one document")
            found = document if found is None else found
    except DocumentError as error:
        raise PolicyError(path, str(error)) from error
    if not isinstance(found, dict | None):
        raise PolicyError(path, "not the YAML expected: an object with keys is wanted")
    if key := _repeated(data):
        raise PolicyError(path, f"key {key[:60]!r} is written twice")
    return found or {}


def _repeated(data: bytes) -> str:
    """A key at the top that stands there again: YAML's readers drop all but the last."""
    import yaml  # noqa: PLC0415 - as above

    known: set[str] = set()
    depth = place = 0
    for event in yaml.parse(data, Loader=yaml.CLoader):
        depth -= isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent))
        if isinstance(event, yaml.NodeEvent) and depth == 1:
            place += 1
            if place % 2 and isinstance(event, yaml.ScalarEvent):
                if event.value in known:
                    return str(event.value)
                known.add(event.value)
        depth += isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent))
    return ""
