"""What users' files are made of: lists and mappings, or an error that names the place."""

from collections.abc import Iterator, Mapping, Sequence

from hullmark.model import PolicyError
from hullmark.model.documents import DocumentError
from hullmark.model.placed import Items, Map, documents


def listed(value: object, at: str) -> Sequence[object]:
    """A list; nothing is an empty one."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise PolicyError(at, "a list is wanted")
    return value


def mapped(value: object, at: str) -> Mapping[str, object]:
    """Keys with values."""
    if not isinstance(value, dict):
        raise PolicyError(at, "keys with values are wanted")
    return value


def entries(data: bytes, place: str, key: str, limit: int) -> Iterator[tuple[Map, str]]:
    """The mappings of the one list that a YAML file holds under its one key, and where each is.

    Scalars are texts as they are written, so that ``4.10`` stays what it is. ``PolicyError``
    names the line of whatever is otherwise, and more than ``limit`` of them.
    """
    try:
        found = [each for each in documents(data, str) if each not in ("", None)]
    except DocumentError as error:
        raise PolicyError(place, str(error)) from error
    if len(found) != 1 or not isinstance(found[0], Map):
        raise PolicyError(place, f"one YAML document with a list under {key!r} is wanted")
    only(found[0], (key,), place)
    listed = found[0].get(key)
    if not isinstance(listed, Items) or not listed:
        raise PolicyError(f"{place}:{found[0].line_of(key)}", f"{key}: a list is wanted")
    if len(listed) > limit:
        raise PolicyError(f"{place}:{listed.line}", f"{key}: more than {limit}")
    for number, each in enumerate(listed):
        at = f"{place}:{listed.line_of(number)}"
        if not isinstance(each, Map):
            raise PolicyError(at, "keys with values are wanted")
        yield each, at


def only(said: Map, known: Sequence[str], at: str) -> None:
    """Raise ``PolicyError`` for the first key that is not among these."""
    for key in said:
        if key not in known:
            raise PolicyError(at, f"unknown key {key[:40]!r} (known: {', '.join(known)})")


def text(said: Map, key: str, at: str, limit: int) -> str:
    """The text under a key on one line; empty where there is none, or nothing in it."""
    value = said.get(key, "")
    if not isinstance(value, str):
        raise PolicyError(at, f"{key}: one value is wanted")
    plain = " ".join(value.split())
    if len(plain) > limit:
        raise PolicyError(at, f"{key}: more than {limit} characters")
    return "" if plain in ("~", "null") else plain


def texts(said: Map, key: str, at: str, limit: int) -> tuple[str, ...]:
    """The texts in the list under a key."""
    value = said.get(key, Items())
    if not isinstance(value, Items):
        raise PolicyError(at, f"{key}: a list is wanted")
    if len(value) > limit or not all(isinstance(each, str) and each for each in value):
        raise PolicyError(at, f"{key}: at most {limit} texts are wanted")
    return tuple(map(str, value))
