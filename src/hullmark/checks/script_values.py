"""Values that a shell script gives to its variables, as far as it says them itself."""

from collections.abc import Iterable, Sequence
from re import DOTALL, Match

from hullmark.checks.shell_words import Command
from hullmark.model.later import regex

MAX_CHARS = 4096
"""Of a word that is filled in: Linux knows no longer path."""

MAX_VALUE_CHARS = 512
"""Ours; addresses and paths of real scripts are shorter."""

MAX_VALUES = 1000
"""Of one script, ours; the others are not known."""

_named = regex(
    r"\$(?:(\w+)|\{(\w+)(##\*/)?\}|\((?P<last>basename) (?:\$(\w+)|\"\$\{?(\w+)\}?\")\))"
).sub
_assigned = regex(r"([A-Za-z_]\w*)(\+?)=(.*)\Z", DOTALL).match
_SETTING = frozenset(("export", "local", "readonly", "declare", "typeset"))
_READING = frozenset(("read", "mapfile", "readarray", "getopts"))
_UNKNOWN = "$("


class Values:
    """What is known of the variables, and of the arguments of the function that is run."""

    def __init__(self) -> None:
        self._by: dict[str, str] = {}
        self.arguments: Sequence[str] = ()

    def copy(self) -> "Values":
        """The same, which others change."""
        made = Values()
        made._by |= self._by
        return made

    def assign(self, assignments: Iterable[str]) -> list[str]:
        """Take ``NAME=value``; answers the names of which nobody knows the values now."""
        found = (_assigned(each) for each in assignments)
        return [
            each[1]
            for each in found
            if each and not self._set(each[1], _UNKNOWN if each[2] else each[3])
        ]

    def filled(self, text: str) -> str:
        """A word with the values that are known; other variables stay as ``$NAME``."""
        if "$" not in text or len(text) > MAX_CHARS:
            return text
        made = _named(self._value, text)
        return made if len(made) <= MAX_CHARS else text

    def _value(self, found: Match[str]) -> str:
        name = found[1] or found[2] or found[5] or found[6]
        at = int(name[:4]) - 1 if name.isdecimal() else -1
        value = self.arguments[at] if 0 <= at < len(self.arguments) else self._by.get(name)
        if value is None or len(value) > MAX_VALUE_CHARS:
            return found[0] if found[3] or found["last"] else f"${name}"
        return value.rpartition("/")[2] if found[3] or found["last"] else value

    def learn(self, command: Command) -> list[str]:
        """Take what a command sets; answers the names of which nobody knows the values now."""
        program, words = command.program, command.words
        if program == "for" and words:
            name, listed = words[0], words[2:]
            return [] if self._set(name, listed[0] if len(listed) == 1 else _UNKNOWN) else [name]
        if program in _READING:
            return [name for name in words if not self._set(name, _UNKNOWN)]
        if program == "shift":
            count = words[0] if words else "1"
            self.arguments = self.arguments[int(count[:4]) :] if count.isdecimal() else ()
        elif not program or program in _SETTING:
            return self.assign(words if program else command.before)
        return []

    def _set(self, name: str, value: str) -> bool:
        """Give a variable a value; answers whether it is known."""
        value = self.filled(value)
        is_known = _UNKNOWN not in value and "`" not in value and len(value) <= MAX_VALUE_CHARS
        if is_known and (name in self._by or len(self._by) < MAX_VALUES):
            self._by[name] = value
            return True
        self._by.pop(name, None)
        return False
