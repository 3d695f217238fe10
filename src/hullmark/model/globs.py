"""Patterns of paths, as units and users write them."""

from collections.abc import Callable, Iterable
from re import DOTALL, Pattern, escape
from re import compile as regex


def glob(name: str, *, below: bool = False) -> Pattern[str]:
    """A glob as an expression over the whole path: ``*`` in one part, ``**/`` over any.

    With ``below`` everything under a matching folder matches too.
    """
    prefix, rest = ("(?:.*/)?", name[3:]) if name.startswith("**/") else ("", name)
    parts = [escape(part).replace(r"\*", "[^/]*") for part in rest.split("**/")]
    return regex(prefix + "(?:.*/)?".join(parts) + ("(?:/.*)?" if below else ""), DOTALL)


def matcher(names: Iterable[str]) -> Callable[[str], bool]:
    """Whether a path matches one of these; one without a slash matches its last part alone."""
    patterns = [glob(each if "/" in each else f"**/{each}").fullmatch for each in names]

    def matches(path: str) -> bool:
        return any(pattern(path) for pattern in patterns)

    return matches
