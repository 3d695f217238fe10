"""Values that name properties, ``${like.this}`` or ``$(LikeThis)``, filled in within bounds."""

from collections.abc import Callable
from re import Pattern

MAX_CHARS = 128
"""Of a value before and of each property in it: longer than any group, name or version."""
MAX_ROUNDS = 5
"""Properties that name properties: real projects go three deep."""


def filled(text: str, pattern: Pattern[str], look_up: Callable[[str], str | None]) -> str:
    """``text`` with its properties, the first group of ``pattern``, as far as they are known.

    What is longer than ``MAX_CHARS``, or still grows after ``MAX_ROUNDS``, stays as it is.
    """
    new = text
    for _ in range(MAX_ROUNDS):
        if len(new) > MAX_CHARS or not pattern.search(new):
            break
        old, new = new, pattern.sub(lambda found: _value(found[1], look_up) or found[0], new)
        if new == old:
            break
    return new if len(new) <= MAX_CHARS else text


def _value(name: str, look_up: Callable[[str], str | None]) -> str:
    value = look_up(name) or ""
    return value if len(value) <= MAX_CHARS else ""
