"""What compose does with a file before it reads it: variables, documents and services joined.

Reference: https://docs.docker.com/reference/compose-file/interpolation/,
https://docs.docker.com/reference/compose-file/merge/ and
https://docs.docker.com/reference/compose-file/services/#extends
"""

from collections.abc import Iterator, Mapping
from re import Match

from hullmark.model.later import regex
from hullmark.model.placed import RESET, Block, Items, Map, Tagged

MAX_DEPTH = 60
"""Below which values stay as they are; the specification has nothing deeper than ten."""

MAX_NESTING = 8
"""Defaults within defaults; people write two."""

MAX_CHAIN = 16
"""Services that extend services that extend services."""

MAX_COPIED = 1_000_000
"""Entries that joining may copy, so that thousands of services cannot extend a huge one."""

OVERRIDDEN = frozenset(("command", "entrypoint", "test"))
"""Lists that are replaced where others are joined."""

PAIRED = frozenset(("environment", "labels", "args", "annotations", "sysctls", "driver_opts"))
"""Keys whose lists are names and values, of which the last counts."""

TAGS = (RESET, "!override")
"""Tags of values that take the place of others instead of being joined with them."""

HANDED_ON = frozenset(
    (
        *("environment", "args", "labels", "command", "entrypoint", "healthcheck", "secrets"),
        *("configs", "annotations", "post_start", "pre_stop"),
    )
)
"""Below these keys variables stay variables: what ``.env`` holds there is no part of the file."""

MAX_VALUE_CHARS = 512
"""Of a variable's value that is filled in, so that a short file cannot grow without end."""

_variable = regex(
    r"\$\$|\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-?+])((?:[^${}]|\$\$)*))?\})"
).sub
_default = regex(r"\$\$|\$\{[A-Za-z_]\w*:?-((?:[^${}]|\$\$)*)\}").sub
_alternative = regex(r"\$\{[A-Za-z_]\w*:?\+([^{}]*)\}").finditer
_signs = regex(r"\$\$|\$(?=[A-Za-z_{])").finditer


_NO_VALUES: Mapping[str, str] = {}


class TooMuchError(ValueError):
    """Joining would copy more than ``MAX_COPIED`` entries."""


def has_variable(text: str) -> bool:
    """Whether a value depends on a variable that the file gives no default for."""
    return any(found[0] == "$" for found in _signs(text))


def plain(text: str) -> str:
    """A value as the container sees it: two signs of dollar stand for one."""
    return text.replace("$$", "$")


def filled(text: str, values: Mapping[str, str] = _NO_VALUES) -> str:
    """The text with ``${NAME:-default}`` and ``${NAME-default}`` replaced by their defaults.

    Variables that have values get those. Everything else stays as written: what a variable
    without default holds, nobody knows here.
    """
    if "${" not in text and not (values and "$" in text):
        return text
    for _ in range(MAX_NESTING):
        if values:
            done = _variable(lambda found: _valued(found, values), text)
        else:
            done = _default(lambda found: found[0] if found[1] is None else found[1], text)
        if text == done:
            break
        text = done
    return text


def _valued(found: Match[str], values: Mapping[str, str]) -> str:
    """What stands for a variable."""
    value = values.get(found[1] or found[2] or "")
    how, other = found[3] or "", found[4] or ""
    if value is None or (how.startswith(":") and not value):
        return other if how.endswith("-") else found[0]
    if how.endswith("+"):
        return other
    return found[0] if len(value) > MAX_VALUE_CHARS else value.replace("$", "$$")


def alternatives(text: str) -> Iterator[str]:
    """What a text gives for variables that are set: ``${NAME:+this}``."""
    return (found[1] for found in _alternative(text) if found[1])


def interpolated(body: Map, values: Mapping[str, str] = _NO_VALUES) -> Map:
    """A mapping with the defaults of variables in all of its values, keys as they are.

    Variables that have values get those, except where they are ``HANDED_ON``.
    """
    return _Filling(values).mapped(body, 0, is_handed_on=False)


class _Filling:
    """Copies values, each once however many aliases lead to it."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        self._known: dict[tuple[int, bool], object] = {}

    def mapped(self, source: Map, depth: int, *, is_handed_on: bool) -> Map:
        """A mapping, filled in."""
        done = Map(source.line)
        done.lines = source.lines
        for key, each in source.items():
            handed_on = is_handed_on or key in HANDED_ON
            done[key] = self._copied(each, depth + 1, is_handed_on=handed_on)
        return done

    def _copied(self, value: object, depth: int, *, is_handed_on: bool) -> object:
        if isinstance(value, str):
            done = filled(value, _NO_VALUES if is_handed_on else self._values)
            if isinstance(value, Block) and done is not value:
                return Block(done, value.line, folded=value.folded)
            return done
        if isinstance(value, Tagged):
            inner = self._copied(value.value, depth + 1, is_handed_on=is_handed_on)
            return Tagged(value.tag, inner)
        if not isinstance(value, Map | Items) or depth > MAX_DEPTH:
            return value
        key = id(value), is_handed_on
        if key not in self._known:
            self._known[key] = (
                self.mapped(value, depth, is_handed_on=is_handed_on)
                if isinstance(value, Map)
                else self._listed(value, depth, is_handed_on=is_handed_on)
            )
        return self._known[key]

    def _listed(self, source: Items, depth: int, *, is_handed_on: bool) -> Items:
        done = Items(source.line)
        done.lines = source.lines
        done.extend(self._copied(each, depth + 1, is_handed_on=is_handed_on) for each in source)
        return done


def untagged(value: object, depth: int = 0) -> object:
    """A value without what is reset, and with what overrides in its place."""
    if isinstance(value, Tagged):
        return None if value.tag == RESET else untagged(value.value, depth + 1)
    if depth > MAX_DEPTH:
        return None
    if isinstance(value, Map):
        done = Map(value.line, value.lines)
        for key, each in value.items():
            if not (isinstance(each, Tagged) and each.tag == RESET):
                done[key] = untagged(each, depth + 1)
        return done
    if isinstance(value, Items):
        items = Items(value.line)
        items.lines = value.lines
        items.extend(untagged(each, depth + 1) for each in value)
        return items
    return value


class Joining:
    """Joins mappings as compose joins files and services, within ``MAX_COPIED``."""

    def __init__(self) -> None:
        self.copied = 0

    def joined(self, base: Map, own: Map, depth: int = 0) -> Map:
        """What both say; where they differ the second wins, and lists come one after the other."""
        self._count(len(base) + len(own))
        done = Map(own.line)
        done.update(base)
        done.lines = {**base.lines, **own.lines}
        for key, value in own.items():
            if isinstance(value, Tagged):
                self._count(1)
                done[key] = value
            else:
                done[key] = self._value(key, base.get(key), value, depth)
        return done

    def extended(self, services: Map) -> dict[str, tuple[Map, bool]]:
        """Every service with what it extends, and whether all of that is in this file."""
        done: dict[str, tuple[Map, bool]] = {}
        for name, body in services.items():
            if isinstance(body, Map):
                done[name] = self._extended(services, body, done)
        return done

    def _extended(
        self, services: Map, body: Map, done: Mapping[str, tuple[Map, bool]]
    ) -> tuple[Map, bool]:
        chain = [body]
        whole = True
        while len(chain) <= MAX_CHAIN and "extends" in chain[-1]:
            asked = chain[-1].map("extends")
            name = asked.text("service") or chain[-1].text("extends")
            found = services.get(name)
            if asked.get("file") is not None or not isinstance(found, Map) or _is_in(found, chain):
                whole = False
                break
            if name in done:
                ready, is_whole = done[name]
                chain.append(ready)
                whole = is_whole
                break
            chain.append(found)
        result = chain.pop()
        while chain:
            result = self.joined(result, chain.pop())
        return result, whole

    def _value(self, key: str, base: object, own: object, depth: int) -> object:
        if depth > MAX_DEPTH or not isinstance(base, Map | Items):
            return own
        if isinstance(own, Items) and isinstance(base, Items) and key not in PAIRED:
            return own if key in OVERRIDDEN else self._listed(base, own)
        if isinstance(own, Map | Items):
            return self.joined(self._paired(base), self._paired(own), depth + 1)
        return base if own is None else own

    def _listed(self, base: Items, own: Items) -> Items:
        self._count(len(base) + len(own))
        done = Items(own.line)
        done.extend((*base, *own))
        done.lines = [*base.lines, *own.lines]
        return done

    def _paired(self, value: Map | Items) -> Map:
        """A list of ``NAME=value`` as the mapping that it stands for."""
        if isinstance(value, Map):
            return value
        self._count(len(value))
        done = Map(value.line)
        for index, each in enumerate(value):
            if isinstance(each, str):
                name, given, text = each.partition("=")
                done[name] = text if given else None
                done.lines[name] = value.line_of(index)
        return done

    def _count(self, entries: int) -> None:
        self.copied += entries
        if self.copied > MAX_COPIED:
            raise TooMuchError(f"services that extend others have more than {MAX_COPIED} entries")


def _is_in(body: Map, chain: list[Map]) -> bool:
    return any(each is body for each in chain)
