"""Regular expressions that are compiled when they are first used.

Most files are of few kinds: of the hundreds of expressions that units hold, a run needs some.
"""

import re
from collections.abc import Callable, Iterator
from re import Match, Pattern
from sys import maxsize
from typing import Any, AnyStr, Generic


class Later(Generic[AnyStr]):
    """What ``re.compile`` answers, as far as units use it; a faulty expression fails at first use.

    A call costs some 0.1 µs more: what is asked of every line of large files is better compiled.
    """

    __slots__ = ("_compiled", "flags", "pattern")

    def __init__(self, pattern: AnyStr, flags: int = 0) -> None:
        self.pattern: AnyStr = pattern
        self.flags = flags
        self._compiled: Pattern[AnyStr] | None = None

    def now(self) -> Pattern[AnyStr]:
        """The compiled expression."""
        if self._compiled is None:
            self._compiled = re.compile(self.pattern, self.flags)
        return self._compiled

    def match(self, text: AnyStr, pos: int = 0, endpos: int = maxsize) -> Match[AnyStr] | None:
        """``re.Pattern.match``."""
        return (self._compiled or self.now()).match(text, pos, endpos)

    def fullmatch(self, text: AnyStr, pos: int = 0, endpos: int = maxsize) -> Match[AnyStr] | None:
        """``re.Pattern.fullmatch``."""
        return (self._compiled or self.now()).fullmatch(text, pos, endpos)

    def search(self, text: AnyStr, pos: int = 0, endpos: int = maxsize) -> Match[AnyStr] | None:
        """``re.Pattern.search``."""
        return (self._compiled or self.now()).search(text, pos, endpos)

    def finditer(
        self, text: AnyStr, pos: int = 0, endpos: int = maxsize
    ) -> Iterator[Match[AnyStr]]:
        """``re.Pattern.finditer``."""
        return (self._compiled or self.now()).finditer(text, pos, endpos)

    def findall(self, text: AnyStr, pos: int = 0, endpos: int = maxsize) -> list[Any]:
        """``re.Pattern.findall``."""
        return (self._compiled or self.now()).findall(text, pos, endpos)

    def split(self, text: AnyStr, maxsplit: int = 0) -> list[Any]:
        """``re.Pattern.split``."""
        return (self._compiled or self.now()).split(text, maxsplit)

    def sub(
        self, new: AnyStr | Callable[[Match[AnyStr]], AnyStr], text: AnyStr, count: int = 0
    ) -> AnyStr:
        """``re.Pattern.sub``."""
        return (self._compiled or self.now()).sub(new, text, count)

    def subn(
        self, new: AnyStr | Callable[[Match[AnyStr]], AnyStr], text: AnyStr, count: int = 0
    ) -> tuple[AnyStr, int]:
        """``re.Pattern.subn``."""
        return (self._compiled or self.now()).subn(new, text, count)


regex = Later
"""As modules call it."""
