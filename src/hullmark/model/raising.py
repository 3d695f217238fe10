"""Raise a range of versions to one that leaves out what is vulnerable, in the style it has.

Styles:
https://github.com/npm/cli/blob/latest/docs/lib/content/configuring-npm/package-json.md,
https://packaging.python.org/en/latest/specifications/version-specifiers/,
https://python-poetry.org/docs/dependency-specification/,
https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html,
https://getcomposer.org/doc/articles/versions.md, https://guides.rubygems.org/patterns/
"""

from re import ASCII
from re import compile as regex

from msgspec import Struct

from hullmark.model.mending import Before, Edit, Left, Wanted

MAX_RANGE_CHARS = 500
"""Ours: real ranges have some twenty."""

_TERM = regex(
    r"(?P<operator>===|==|~=|~>|!=|>=|<=|\^|~|=|>|<|)(?P<space>[ \t]*)"
    r"(?P<v>v?)(?P<version>[0-9][0-9A-Za-z.+!_-]*(?:\.\*)?)\Z",
    ASCII,
).match
_SEPARATED = regex(r"[ \t]*,[ \t]*|[ \t]+(?![0-9v])", ASCII).split
_WILD = regex(r"[0-9]+(?:\.[0-9]+)?(?:\.[xX*])+\Z", ASCII).match
_NUMBERS = regex(r"[0-9]{0,18}(?:\.[0-9]{1,18}){0,9}", ASCII).match
_LOWEST = (">=", ">", "^", "~", "~=", "~>")
_UNPINNED = ("", "*", "latest", "x", "X")


class Refused(Exception):  # noqa: N818 - told as why a file is left, and no error
    """Why a range cannot be raised: one clause. ``holds`` is as ``Left`` has it."""

    def __init__(self, why: str, *, holds: bool = False) -> None:
        super().__init__(why)
        self._holds = holds

    def left(self) -> Left:
        """The same for a file."""
        return Left(str(self), holds=self._holds)


class Style(Struct, frozen=True, kw_only=True):
    """How an ecosystem writes ranges.

    ``plain`` is what a version without an operator stands for, ``=`` or ``^``. ``wide`` is the
    operator that lets its last number grow, so that one more number narrows it; ``full`` says
    that fewer than three numbers without an operator are a range of all that begin with them.
    """

    plain: str
    wide: str = ""
    full: bool = False


NPM = Style(plain="=", full=True)
CARGO = Style(plain="^")
POETRY = Style(plain="=", wide="~=")
PEP440 = Style(plain="", wide="~=")
COMPOSER = Style(plain="=", wide="~")
GEM = Style(plain="=", wide="~>")


def raised(range: str, wanted: Wanted, before: Before, style: Style) -> str:
    """The range with its lowest version raised to ``wanted.to``; ``Refused`` where it cannot be.

    An exact version is only another's if it is the one on hand.
    """
    text = range.strip(" \t\r\n")
    if text in _UNPINNED:
        raise Refused("it asks for any version")
    if len(range) > MAX_RANGE_CHARS:
        raise Refused(f"its range is longer than {MAX_RANGE_CHARS} signs")
    if "|" in text or " - " in text:
        raise Refused(f"it asks for one of several ranges, {text!r}")
    if _WILD(text.lstrip("=^~v ")):
        raise Refused(f"it asks for {text!r}, which has no lowest version to raise")
    terms = [term for term in _SEPARATED(text) if term]
    reached = any(_reaches(term, wanted, before) for term in terms)
    new = terms if reached else [_raised(term, wanted, before, style) for term in terms]
    if new == terms:
        open_below = all(term.startswith(("<", "!=")) for term in terms)
        raise Refused(f"it asks for {'any version ' if open_below else ''}{text!r} already")
    parts, at = [], 0
    for old, term in zip(terms, new, strict=True):
        start = range.index(old, at)
        parts += [range[at:start], term]
        at = start + len(old)
    return "".join([*parts, range[at:]])


def _reaches(term: str, wanted: Wanted, before: Before) -> bool:
    """Whether a term alone leaves out all before the version wanted."""
    match = _TERM(term)
    if match is None or match["operator"] not in _LOWEST:
        return False
    version = match["version"]
    return not version.endswith(".*") and not before(version, wanted.to.removeprefix("v"))


def _raised(term: str, wanted: Wanted, before: Before, style: Style) -> str:
    match = _TERM(term)
    if match is None:
        raise Refused(f"{term!r} is no range of versions that is known")
    operator, version = match["operator"] or style.plain, match["version"]
    if operator == "!=":
        return _unless_excluded(term, version, wanted.to.removeprefix("v"))
    if not operator or version.endswith(".*"):
        raise Refused(f"it asks for {term!r}, which has no lowest version to raise")
    to = wanted.to.removeprefix("v")
    if operator in ("<", "<="):
        return _bounded(term, operator, version, to, before)
    if operator in ("=", "==", "==="):
        return _exact(term, version, wanted, style, match["operator"])
    if not before(version, to):
        return term
    if not _admits(operator, version, wanted.version):
        raise Refused(f"it asks for another version, {term!r}")
    if operator == style.wide and to.count(".") != version.count("."):
        return _widened(term, version, to)
    written = ">=" if operator == ">" else match["operator"]
    return f"{written}{match['space']}{match['v']}{to}"


def _exact(term: str, version: str, wanted: Wanted, style: Style, operator: str) -> str:
    """Another version in the same place, if it is the one on hand that is named."""
    to = wanted.to.removeprefix("v")
    if version == to:
        return term
    if style.full and not operator and version.count(".") < 2:  # noqa: PLR2004 - npm: three numbers
        raise Refused(f"it asks for {term!r}, which has no lowest version to raise")
    if version != wanted.version.removeprefix("v"):
        raise Refused(f"it asks for another version, {term!r}")
    return term[: len(term) - len(version)] + to


def _admits(operator: str, version: str, on_hand: str) -> bool:
    """Whether the version on hand may be of a caret's or a tilde's range, by its first numbers."""
    low, held = _numbers(version), _numbers(on_hand)
    if operator == "^":
        same = next((at + 1 for at, number in enumerate(low) if number), len(low))
    elif operator == "~":
        same = min(len(low), 2)
    elif operator in ("~=", "~>"):
        same = len(low) - 1
    else:
        same = 0
    return (low + [0] * same)[:same] == (held + [0] * same)[:same]


def _numbers(version: str) -> list[int]:
    match = _NUMBERS(version.removeprefix("v"))
    return [int(number) for number in match[0].split(".") if number] if match else []


def _unless_excluded(term: str, version: str, to: str) -> str:
    """``!=`` as it is, if the version to go to is not what it leaves out."""
    if to == version or (version.endswith(".*") and f"{to}.".startswith(version[:-1])):
        raise Refused(f"its bound {term!r} does not allow {to}", holds=True)
    return term


def _bounded(term: str, operator: str, version: str, to: str, before: Before) -> str:
    """The term as it is, if the version to go to lies below."""
    inside = before(to, version) if operator == "<" else not before(version, to)
    if not inside:
        raise Refused(f"its bound {term!r} does not allow {to}", holds=True)
    return term


def _widened(term: str, version: str, to: str) -> str:
    """``~= 1.4`` reaches below 2, ``~= 1.4.2`` below 1.5 only: the number of parts is kept.

    What that leaves open at the bottom, a second term closes.
    """
    parts = version.count(".") + 1
    numbers = (to.split(".") + ["0"] * parts)[:parts]
    if not all(number.isdecimal() for number in numbers):
        raise Refused(f"{term!r} cannot be raised to {to}")
    start = term[: len(term) - len(version)]
    short = ".".join(numbers)
    return f"{start}{short}" if short == to else f"{start}{short},>={to}"


def raise_leaf(range: str, at: int, wanted: Wanted, before: Before, style: Style) -> Edit | Left:
    """The edit that raises a range that stands at an offset, or why it is left."""
    try:
        return Edit(at, at + len(range), raised(range, wanted, before, style))
    except Refused as error:
        return error.left()
