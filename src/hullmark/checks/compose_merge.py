"""What compose does with a file before it reads it: variables, documents and services joined.

Reference: https://docs.docker.com/reference/compose-file/interpolation/,
https://docs.docker.com/reference/compose-file/merge/ and
https://docs.docker.com/reference/compose-file/services/#extends
"""

from collections.abc import Mapping
from re import compile as regex

from hullmark.model.placed import Items, Map

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

_default = regex(r"\$\$|\$\{[A-Za-z_]\w*:?-((?:[^${}]|\$\$)*)\}").sub
_signs = regex(r"\$\$|\$(?=[A-Za-z_{])").finditer


class TooMuchError(ValueError):
    """Joining would copy more than ``MAX_COPIED`` entries."""


def has_variable(text: str) -> bool:
    """Whether a value depends on a variable that the file gives no default for."""
    return any(found[0] == "$" for found in _signs(text))


def plain(text: str) -> str:
    """A value as the container sees it: two signs of dollar stand for one."""
    return text.replace("$$", "$")


def filled(text: str) -> str:
    """The text with ``${NAME:-default}`` and ``${NAME-default}`` replaced by their defaults.

    Everything else stays as written: what a variable without default holds, nobody knows here.
    """
    if "${" not in text:
        return text
    for _ in range(MAX_NESTING):
        text, before = (
            _default(lambda found: found[0] if found[1] is None else found[1], text),
            text,
        )
        if text == before:
            break
    return text


def interpolated(body: Map) -> Map:
    """A mapping with the defaults of variables in all of its values, keys as they are."""
    known: dict[int, object] = {}

    def copied(value: object, depth: int) -> object:
        if isinstance(value, str):
            return filled(value)
        if not isinstance(value, Map | Items) or depth > MAX_DEPTH:
            return value
        if id(value) not in known:
            known[id(value)] = (
                _mapped(value, depth) if isinstance(value, Map) else _of(value, depth)
            )
        return known[id(value)]

    def _mapped(source: Map, depth: int) -> Map:
        done = Map(source.line)
        done.lines = source.lines
        done.update((key, copied(each, depth + 1)) for key, each in source.items())
        return done

    def _of(source: Items, depth: int) -> Items:
        done = Items(source.line)
        done.lines = source.lines
        done.extend(copied(each, depth + 1) for each in source)
        return done

    return _mapped(body, 0)


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
