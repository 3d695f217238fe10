"""Licence statements as SPDX expressions.

Every function takes what a package says and gives one expression: identifiers of the SPDX
License List where we know the licence, ``LicenseRef-`` where we do not, empty for a text that
says nothing. None of them fails, whatever the text.
"""

from collections.abc import Mapping
from functools import lru_cache
from re import search

from hullmark.licences.expression import MalformedError, joined, tokens
from hullmark.licences.locations import identify_address
from hullmark.licences.names import CLASSIFIERS, COMMON, DEBIAN, RPM, SILENT
from hullmark.licences.spelling import (
    LICENCE,
    MAX_NAME_CHARS,
    identify,
    identify_exception,
    plain,
    ref,
)
from hullmark.licences.texts import recognise

__all__ = ["classifier", "debian", "recognise", "rpm", "spdx"]

MAX_STATEMENT_CHARS = 4096
"""Four times the longest licence tag of Fedora; anything longer is a text, not a statement."""

MAX_UNKNOWN_WORDS = 4
"""Ours: longer unknown parts are prose, in which "and" and "or" join no licences."""

CACHED = 4096
"""A distribution's packages make some hundreds of different statements."""

_WITH = r"(?i)\s+with\s+(?:the\s+)?"


def spdx(text: str) -> str:
    """What a manifest says, be it an expression, a name, a URL, or a whole licence text."""
    if len(text) > MAX_STATEMENT_CHARS or "\n" in text.strip():
        return _text(text)
    return _spdx(text)


def debian(text: str) -> str:
    """The first line of a ``License`` field of a machine-readable Debian copyright file."""
    return _debian(text[: MAX_STATEMENT_CHARS + 1])


def rpm(text: str) -> str:
    """The ``License`` tag of an rpm: an SPDX expression, or the short names used before."""
    return _rpm(text[: MAX_STATEMENT_CHARS + 1])


def classifier(text: str) -> str:
    """A trove classifier; empty unless it is one of ``License ::`` that names a licence."""
    topic, _, last = text[:MAX_STATEMENT_CHARS].rpartition("::")
    name = last.strip()
    if topic.partition("::")[0].strip() != "License" or name == "OSI Approved":
        return ""
    return CLASSIFIERS.get(name) or spdx(name)


@lru_cache(CACHED)
def _spdx(text: str) -> str:
    low = text.lower()
    return LICENCE.get(low) or _statement(text, COMMON, every_part_counts=False)


@lru_cache(CACHED)
def _debian(text: str) -> str:
    return _statement(text, DEBIAN, every_part_counts=True)


@lru_cache(CACHED)
def _rpm(text: str) -> str:
    return _statement(text, RPM, every_part_counts=True)


def _text(text: str) -> str:
    """A statement of many lines: its title names the licence, or its sentences do."""
    title = text.strip()[:MAX_STATEMENT_CHARS].partition("\n")[0]
    if known := _one(plain(" ".join(title.split())), COMMON):
        return known
    if found := recognise(text):
        return " AND ".join(f"({one})" if " OR " in one else one for one in found)
    return _statement(text, COMMON, every_part_counts=False)


def _statement(text: str, names: Mapping[str, str], *, every_part_counts: bool) -> str:
    """One line as an expression; ``every_part_counts`` where the text cannot be prose."""
    if len(text) > MAX_STATEMENT_CHARS:
        return ref(text)
    text = " ".join(text.split())
    if text.lower() in SILENT:
        return ""
    abbreviated = plain(text)
    return (
        _one(abbreviated, names)
        or _expression(abbreviated, names, commas=True, every_part_counts=False)
        or _expression(abbreviated, names, commas=False, every_part_counts=every_part_counts)
        or ref(text)
    )


def _expression(
    text: str, names: Mapping[str, str], *, commas: bool, every_part_counts: bool
) -> str:
    """The expression that a text is, empty when it reads like something else.

    Names that we do not know are taken for licences where every part counts; elsewhere if they
    are short and stand beside one that we know, or are single words.
    """
    unknown: list[str] = []

    def licence(name: str) -> str:
        known = _one(name, names)
        if not known:
            unknown.append(name)
        return known or ref(name)

    try:
        found = tokens(text, commas=commas)
        term = joined(found, licence)
    except MalformedError:
        return ""
    count = sum(isinstance(token, str) and token not in {"(", ")"} for token in found)
    longest = max((len(name.split()) for name in unknown), default=0)
    allowed = 1 if len(unknown) == count else MAX_UNKNOWN_WORDS
    if not unknown or (count > 1 and not commas and (every_part_counts or longest <= allowed)):
        return str(term)
    return ""


def _one(name: str, names: Mapping[str, str]) -> str:
    """The expression for a name that no operator parts, empty when we know none."""
    if known := identify(name, names) or identify_address(name):
        return known
    if "(" in name:
        outer, _, rest = name.partition("(")
        inner, _, after = rest.rpartition(")")
        if known := identify(inner.strip(), names) or identify(f"{outer}{after}".strip(), names):
            return known
    if "/" in name and len(name) <= MAX_NAME_CHARS:
        parts = [identify(part.strip(), names) for part in name.split("/")]
        if all(parts):
            return " OR ".join(dict.fromkeys(" OR ".join(parts).split(" OR ")))
    return _with_exception(name, names)


def _with_exception(name: str, names: Mapping[str, str]) -> str:
    """A licence with an exception that SPDX lists; it has no expression for any other."""
    match = search(_WITH, name)
    if not match:
        return ""
    licence = identify(name[: match.start()], names)
    exception = identify_exception(name[match.end() :])
    if not licence or not exception or " " in licence or licence.startswith("LicenseRef-"):
        return ""
    return f"{licence} WITH {exception}"
