"""YARA rules of the user, read before anything is scanned."""

import os
from collections.abc import Iterator, Sequence

from hullmark.model import PolicyError
from hullmark.sieve.options import OwnRules

ENDINGS = (".yar", ".yara")
MAX_RULES_BYTES = 16 * 1024 * 1024
"""Of one file: the largest public collections have some 6 MB."""


def own_rules(places: Sequence[str], folder: str) -> tuple[OwnRules, ...]:
    """The rules in these files and folders, which are compiled into ``folder`` at once.

    Raises ``PolicyError`` for what cannot be read or is no rule.
    """
    found = tuple(_read(path) for place in places for path in _files(place))
    if places and not found:
        raise PolicyError(", ".join(places), f"holds no YARA rules (*{', *'.join(ENDINGS)})")
    if found:
        from hullmark.sieve.rules import compiled  # noqa: PLC0415 - few have rules of their own

        compiled([(each.path, each.text) for each in found], folder)
    return found


def _files(place: str) -> Iterator[str]:
    if not os.path.isdir(place):
        yield place
        return
    for folder, folders, names in os.walk(place):
        folders.sort()
        yield from (f"{folder}/{name}" for name in sorted(names) if name.endswith(ENDINGS))


def _read(path: str) -> OwnRules:
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            text = file.read(MAX_RULES_BYTES + 1)
    except OSError as error:
        raise PolicyError(path, f"cannot be read: {error.strerror}") from error
    if len(text) > MAX_RULES_BYTES:
        raise PolicyError(path, f"more than {MAX_RULES_BYTES} characters of rules")
    return OwnRules(path=path, text=text)
