"""From one licence's name, however it is spelled, to its SPDX identifier."""

from collections.abc import Mapping
from functools import cache
from re import IGNORECASE, Match, Pattern, escape, findall, match, sub
from re import compile as regex
from zlib import crc32

from hullmark.licences.ids import EXCEPTIONS, FORMER, LICENCES
from hullmark.licences.names import COMMON, PHRASES, SYNONYMS
from hullmark.licences.names import EXCEPTIONS as EXCEPTION_NAMES

MAX_REF_CHARS = 64
"""Ours: a longer name says no more, and a report prints it with every package."""

MAX_NAME_CHARS = 128
"""Twice the longest name on the SPDX License List; more is no name of one licence."""

LICENCE = {id.lower(): id for id in LICENCES.split()} | FORMER
"""Current expressions by the identifiers they are known by, in lower case."""

_EXCEPTION = {id.lower(): id for id in EXCEPTIONS.split()}
_NOISE = frozenset(
    ("generic", "gnu", "international", "licence", "licences", "license", "licensed", "licenses")
).union(("of", "only", "revision", "terms", "the", "under", "unported", "v", "version"))
_WORD = r"(?:v(?:ersion)?[. ]*)?([0-9]+(?:\.[0-9]+)*)|([a-z]+?)(?=v?[0-9]|[^a-z]|\Z)|(\+)"
_UNDERSCORES = r"(?<=[0-9])_(?=[0-9])"
"""In versions, as where a name must be one word: apache_1_1."""

_LATER = (
    r"(?i),?\s(?:or|and)\s\(?(?:at your option\)?,? )?(?:any )?(?:later|newer|above)(?: versions?)?"
    r"|\(?(?:>=|≥) ?v?(?P<least>[0-9][0-9.]*)\)?"
    r"|(?P<dropped>,(?= v(?:ersion|\.)? ?[0-9])|\s\+ file licen[cs]e)"
)
_REF = r"(?:DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+\Z"
_NOT_REF = r"[^A-Za-z0-9.]+"


def identify(name: str, names: Mapping[str, str] = COMMON) -> str:
    """The SPDX expression for one licence's name, empty when we know none.

    ``names`` goes first: what a short name means differs between ecosystems.
    """
    if len(name) > MAX_NAME_CHARS:
        return ""
    if found := _known(name, names):
        return found
    if name.endswith("+") and (base := _known(name[:-1].rstrip(), names)):
        return _or_later(base)
    return name if match(_REF, name) else ""


def identify_exception(name: str) -> str:
    """The SPDX identifier for the name of an exception, empty when we know none."""
    words = (word for word in key(name).split() if word not in ("exception", "exceptions"))
    return _EXCEPTION.get(name.lower()) or EXCEPTION_NAMES.get(" ".join(words), "")


def plain(text: str) -> str:
    """Text in which well-known phrases are abbreviated, so that its operators stand out."""
    return _phrases().sub(lambda found: PHRASES[found[0].lower()], sub(_LATER, _mark, text))


def key(name: str) -> str:
    """A name in lower case, words and numbers apart, without words that tell nothing.

    A number loses its trailing zeros (``2.0`` is ``2``); what is said twice in a row, as in
    "MIT License (MIT)", is told once.
    """
    words: list[str] = []
    for number, letters, plus in findall(_WORD, sub(_UNDERSCORES, ".", name.lower())):
        word = _trimmed(number) or SYNONYMS.get(letters, letters) or plus
        if word not in _NOISE and word not in words[-1:]:
            words.append(word)
    if words[-2:] == ["or", "later"]:
        words[-2:] = ["+"]
    half = len(words) // 2
    return " ".join(words[:half] if words[:half] == words[half:] else words)


def ref(text: str) -> str:
    """A ``LicenseRef-`` of a text's letters, digits and dots, of bounded length."""
    lead = text[: 4 * MAX_REF_CHARS]
    kept = sub(_NOT_REF, "-", lead.removeprefix("LicenseRef-")).strip("-.")
    if kept and len(kept) < MAX_REF_CHARS and lead == text:
        return f"LicenseRef-{kept}"
    mark = f"{crc32(text.encode(errors='surrogatepass')):08x}"
    kept = kept[: MAX_REF_CHARS - len(mark) - 1].strip("-.")
    return f"LicenseRef-{kept}-{mark}" if kept else f"LicenseRef-{mark}"


def _known(name: str, names: Mapping[str, str]) -> str:
    spelled = key(name)
    return (
        names.get(spelled)
        or LICENCE.get(name.lower())
        or COMMON.get(spelled)
        or _ids_by_key().get(spelled, "")
    )


def _or_later(licence: str) -> str:
    """The licence of this or a later version, in the words of its family."""
    if licence.endswith("-only"):
        return f"{licence.removesuffix('-only')}-or-later"
    if " " in licence or licence.startswith("LicenseRef-") or licence.endswith("-or-later"):
        return licence
    return f"{licence}+"


def _trimmed(number: str) -> str:
    while number.endswith(".0"):
        number = number[:-2]
    return number


def _mark(found: Match[str]) -> str:
    if found["dropped"]:
        return " "
    return f"{found['least'] or ''}+"


@cache
def _phrases() -> Pattern[str]:
    longest_first = sorted(PHRASES, key=len, reverse=True)
    return regex(rf"\b(?:{'|'.join(map(escape, longest_first))})\b", IGNORECASE)


@cache
def _ids_by_key() -> dict[str, str]:
    """Every identifier by its key; of two that are spelled alike, the shorter."""
    return {key(id): LICENCE[id] for id in sorted(LICENCE, key=len, reverse=True)}
