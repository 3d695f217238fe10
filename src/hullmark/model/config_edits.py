"""Changes to files of configuration as pure data: what to set, drop or add, and where.

A path names its place from the outside in: the number of the document in the file, then keys and
indexes, all counting from 0.
"""

from collections.abc import Iterable
from typing import TypeAlias

from msgspec import Struct

from hullmark.model.mending import Edit, Left

Path: TypeAlias = tuple[str | int, ...]


class EditError(ValueError):
    """A change that cannot be made; the message is one lower-case clause."""


class Put(Struct, frozen=True, kw_only=True):
    """Set a value. Mappings on the way that are missing are made.

    A new key of the last mapping stands behind ``after``, or at the end where there is no such key.
    """

    path: Path
    value: object
    after: str = ""


class Drop(Struct, frozen=True, kw_only=True):
    """Remove a key or an entry; up to ``prune`` of what is around it, as far as that is empty."""

    path: Path
    prune: int = 0


class Append(Struct, frozen=True, kw_only=True):
    """Add an entry to a list, which is made where it is missing; one that is there is enough."""

    path: Path
    value: object


class Swap(Struct, frozen=True, kw_only=True):
    """Replace every ``old`` inside of a text by ``new``."""

    path: Path
    old: str
    new: str


class Extra(Struct, frozen=True, kw_only=True):
    """One more document of YAML at the end of the file, without its marker."""

    text: str


Change: TypeAlias = Put | Drop | Append | Swap | Extra
"""A change of YAML or JSON by path; files of other kinds are changed by ``Edit``."""

Proposed: TypeAlias = Change | Edit | Left


class Place(Struct, frozen=True, kw_only=True):
    """A finding by its rule and its place in the file."""

    rule: str
    at: str


class ConfigAsk(Struct, frozen=True, kw_only=True):
    """A file, and the findings of it that are to be mended.

    ``risky`` allows changes by which something that works may stop working, ``further`` to mend
    what only a change brings about, but for the rules that are ``never`` mended.
    """

    path: str
    data: bytes
    places: tuple[Place, ...]
    risky: bool = False
    further: bool = True
    never: tuple[str, ...] = ()


class ConfigOutcome(Struct, frozen=True, kw_only=True):
    """What became of one finding.

    ``why`` is the reason for which it is left, empty where nobody gave one; of what is mended it
    is what the change may do besides.
    """

    place: Place
    mended: bool = False
    why: str = ""


class ConfigAnswer(Struct, frozen=True, kw_only=True):
    """A file as it should be, the same where nothing is changed, and all outcomes."""

    path: str
    after: bytes
    outcomes: tuple[ConfigOutcome, ...] = ()


def untouched(ask: ConfigAsk, why: str) -> ConfigAnswer:
    """The answer for a file that stays as it is, with all of its findings left for one reason."""
    outcomes = tuple(ConfigOutcome(place=each, why=why) for each in ask.places)
    return ConfigAnswer(path=ask.path, after=ask.data, outcomes=outcomes)


def pruned(document: object, path: Path, prune: int) -> Path:
    """The path of what goes with an entry that was the only one of what is around it."""
    for _ in range(prune):
        around = at(document, path[:-1])
        if len(path) <= 2 or not isinstance(around, dict | list) or len(around) != 1:  # noqa: PLR2004 - document and key
            return path
        path = path[:-1]
    return path


def at(documents: object, path: Path) -> object:
    """The value at a path; ``None`` where there is none."""
    found = documents
    for step in path:
        if isinstance(found, dict):
            found = found.get(step)
        elif isinstance(found, list) and isinstance(step, int) and step < len(found):
            found = found[step]
        else:
            return None
    return found


def in_order(changes: Iterable[Change | Edit]) -> list[Change | Edit]:
    """What is dropped comes last, from the last entry of a list to the first: none moves before."""
    listed = list(changes)
    drops = [each for each in listed if isinstance(each, Drop)]
    drops.sort(
        key=lambda each: [
            (str(step), 0) if isinstance(step, str) else ("", step) for step in each.path
        ],
        reverse=True,
    )
    return [*(each for each in listed if not isinstance(each, Drop)), *drops]


def shifted(path: Path, dropped: Iterable[Path]) -> Path | None:
    """Where a path leads after these were dropped, in this order; ``None`` for what went along."""
    for each in dropped:
        last, size = each[-1], len(each)
        if path[:size] == each:
            return None
        step = path[size - 1] if len(path) >= size and path[: size - 1] == each[:-1] else None
        if isinstance(step, int) and isinstance(last, int) and step > last:
            path = (*path[: size - 1], step - 1, *path[size:])
    return path


def made(documents: list[object], changes: Iterable[Change]) -> list[Path]:
    """Make changes in values, in this order, and answer the paths of what was dropped.

    Raises ``EditError`` for what is not there.
    """
    dropped: list[Path] = []
    for each in changes:
        match each:
            case Put():
                _around(documents, each.path)[each.path[-1]] = each.value
            case Drop():
                dropped.append(_dropped(documents, each))
            case Append():
                _appended(documents, each)
            case Swap():
                _swapped(documents, each)
            case Extra():
                continue
    return dropped


def _dropped(documents: list[object], change: Drop) -> Path:
    path = pruned(documents, change.path, change.prune)
    around = at(documents, path[:-1])
    if not isinstance(around, dict | list):
        around = {}
    try:
        del around[path[-1]]  # type: ignore[arg-type]  # keys of mappings are texts
    except (KeyError, IndexError, TypeError) as error:
        raise EditError("what is to be removed is not there") from error
    return path


def _appended(documents: list[object], change: Append) -> None:
    around = _around(documents, change.path)
    listed = at(documents, change.path)
    if isinstance(listed, list):
        listed += [] if change.value in listed else [change.value]
    else:
        around[change.path[-1]] = [change.value]


def _swapped(documents: list[object], change: Swap) -> None:
    text = at(documents, change.path)
    if not isinstance(text, str) or change.old not in text:
        raise EditError("what is to be replaced is not there")
    _around(documents, change.path)[change.path[-1]] = text.replace(change.old, change.new)


def _around(documents: list[object], path: Path) -> "dict[str | int, object]":
    """The mapping or list that holds the last step, made where it is missing."""
    around: object = documents
    for step in path[:-1]:
        found = at(around, (step,))
        if found is None and isinstance(around, dict):
            found = around[step] = {}
        around = found
    if isinstance(around, dict) or (isinstance(around, list) and isinstance(path[-1], int)):
        return around  # type: ignore[return-value]  # a list that is asked by number
    raise EditError("what is around it has another type")
