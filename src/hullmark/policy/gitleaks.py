"""Allow lists of ``.gitleaks.toml``: what a project accepts already.

Format: https://github.com/gitleaks/gitleaks#configuration. Its own rules, and those that it
extends, are not read: ours look for secrets.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from hullmark.model import PolicyError
from hullmark.model.documents import DocumentError, toml
from hullmark.policy.gitleaks_rules import OURS
from hullmark.policy.shapes import listed, mapped
from hullmark.sieve.options import AllowList

MAX_PATTERNS = 10_000
"""Of one file; each is tried on each secret."""

MAX_PATTERN_CHARS = 10_000
PLAIN = ("title", "description", "minVersion")
"""Keys that say nothing of what is accepted."""

LISTS = ("allowlist", "allowlists")
RULE = ("id", "description", "disabled", *LISTS)
DETECTING = (
    "regex",
    "path",
    "entropy",
    "secretGroup",
    "keywords",
    "tags",
    "required",
    "skipReport",
)
"""Keys by which a rule of gitleaks finds secrets."""

TARGETS = {"": "secret", "secret": "secret", "match": "match", "line": "line"}
CONDITIONS = {"": False, "OR": False, "||": False, "AND": True, "&&": True}
CRITERIA = ("commits", "paths", "regexes", "stopwords")
WORDS = ("description", "condition", "regexTarget", "targetRules", *CRITERIA)


Choice = TypeVar("Choice", str, bool)


class Allowed(Struct, frozen=True):
    """What a file accepts, and what of it is not obeyed."""

    lists: tuple[AllowList, ...] = ()
    notes: tuple[str, ...] = ()


def allowed(data: bytes, at: str, known: Sequence[str]) -> Allowed:
    """The allow lists of a file; ``known`` are ids of our rules.

    Raises ``PolicyError`` with the place of what is malformed.
    """
    try:
        value = toml(data, dict[str, object])
    except DocumentError as error:
        raise PolicyError(at, str(error)) from error
    reading = _Reading(at, frozenset(known))
    lists = tuple(reading.lists(value))
    return Allowed(lists, tuple(dict.fromkeys(reading.notes)))


class _Reading:
    """One file, and what is to be told of it."""

    def __init__(self, at: str, known: frozenset[str]) -> None:
        self._at = at
        self._known = known
        self._left = MAX_PATTERNS
        self.notes: list[str] = []

    def lists(self, value: Mapping[str, object]) -> Iterator[AllowList]:
        """Lists for all rules, then those of single ones."""
        for key in value:
            if key == "extend":
                self._note("extend: what it leads to is not read")
            elif key not in (*PLAIN, *LISTS, "rules"):
                self._note(f"key {key[:60]!r} is not known")
        yield from self._lists(value, self._at)
        for number, each in enumerate(listed(value.get("rules"), f"{self._at}: rules"), 1):
            at = f"{self._at}: rules {number}"
            yield from self._of_rule(mapped(each, at), at)

    def _of_rule(self, rule: Mapping[str, object], at: str) -> Iterator[AllowList]:
        id = _text(rule, "id", at)
        if any(key in rule for key in DETECTING):
            self._note(f"rule {id[:60]!r}: only its allow lists are read")
        for key in rule:
            if key not in (*RULE, *DETECTING):
                self._note(f"rule {id[:60]!r}: key {key[:60]!r} is not known")
        if not any(key in rule for key in LISTS):
            return
        lists = list(self._lists(rule, at))
        if ids := self._ours([id]):
            yield from (replace(each, rules=ids) for each in lists)

    def _lists(self, value: Mapping[str, object], at: str) -> Iterator[AllowList]:
        if "allowlist" in value:
            yield from self._list(value["allowlist"], f"{at}: allowlist")
        for number, each in enumerate(listed(value.get("allowlists"), f"{at}: allowlists"), 1):
            yield from self._list(each, f"{at}: allowlists {number}")

    def _list(self, value: object, at: str) -> Iterator[AllowList]:
        said = mapped(value, at)
        for key in said:
            if key not in WORDS:
                self._note(f"{at.removeprefix(f'{self._at}: ')}: key {key[:60]!r} is not known")
        found = {key: _texts(said.get(key), f"{at}: {key}") for key in CRITERIA}
        if not any(found.values()):
            raise PolicyError(at, f"says not what to allow: {', '.join(CRITERIA)}")
        for key in ("paths", "regexes"):
            self._check(found[key], f"{at}: {key}")
        wanted = _texts(said.get("targetRules"), f"{at}: targetRules")
        ids = self._ours(wanted)
        if wanted and not ids:
            return
        yield AllowList(
            at=self._at.rpartition("/")[2],
            description=_text(said, "description", at),
            rules=ids,
            every=_choice(said, "condition", CONDITIONS, at),
            target=_choice(said, "regexTarget", TARGETS, at),
            **found,
        )

    def _check(self, patterns: Sequence[str], at: str) -> None:
        import re2  # type: ignore[import-untyped] # noqa: PLC0415 - for who has such a file

        from hullmark.sieve.allow_lists import compiled  # noqa: PLC0415 - as above

        self._left -= len(patterns)
        if self._left < 0:
            raise PolicyError(self._at, f"more than {MAX_PATTERNS} patterns")
        for number, each in enumerate(patterns, 1):
            if len(each) > MAX_PATTERN_CHARS:
                raise PolicyError(f"{at} {number}", f"more than {MAX_PATTERN_CHARS} characters")
            try:
                compiled(each)
            except re2.error as error:
                said = error.args[0] if error.args else ""
                text = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
                raise PolicyError(f"{at} {number}", f"no regex: {text}") from error

    def _ours(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Our rules by these ids, which are ours or those of gitleaks."""
        found: list[str] = []
        for id in ids:
            ours = OURS.get(id, ()) or ((id,) if id in self._known else ())
            if not ours:
                self._note(f"rule {id[:60]!r} is none of ours: its allow lists are left out")
            found += ours
        return tuple(dict.fromkeys(found))

    def _note(self, text: str) -> None:
        self.notes.append(f"{self._at}: {text}")


def _texts(value: object, at: str) -> tuple[str, ...]:
    texts = listed(value, at)
    if wrong := [each for each in texts if not isinstance(each, str) or not each]:
        raise PolicyError(at, f"texts are wanted, not {str(wrong[0])[:60]!r}")
    return tuple(str(each) for each in texts)


def _text(said: Mapping[str, object], key: str, at: str) -> str:
    value = said.get(key, "")
    if not isinstance(value, str):
        raise PolicyError(f"{at}: {key}", "a text is wanted")
    return value


def _choice(said: Mapping[str, object], key: str, choices: Mapping[str, Choice], at: str) -> Choice:
    value = _text(said, key, at)
    found = choices.get(value, choices.get(value.upper(), choices.get(value.lower())))
    if found is None:
        known = ", ".join(filter(None, choices))
        raise PolicyError(f"{at}: {key}", f"{value[:60]!r} is none of {known}")
    return found
