"""From a line that was rendered to the line of the template that it comes from."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from re import compile as regex

_CONTROL = regex(
    r"\s*\{\{-?\s*(?:(?:if|else|end|with|range|define|block|fail|break|continue)\b|/\*|\$\w+\s*:?=)"
).match
_ACTION = "{{"
_QUOTES = "\"' "

MAX_START_CHARS = 200
"""Of what stands before an action: each length is tried with every line."""

MAX_CHARS = 4 * 1024 * 1024
"""Of a template and of what it renders, each: beyond it lines are not compared."""


def lines(template: str, rendered: str) -> list[int]:
    """For each rendered line the template's, counted from 1; 0 where several may be meant.

    A line stands for itself where its text, or what stands before its first action, is in the
    template once, be it once between those lines around it that are known. What lies between two
    known lines with one action between them comes from that. Nothing is told of texts of more than
    ``MAX_CHARS``.
    """
    if max(len(template), len(rendered)) > MAX_CHARS:
        return []
    written = template.split("\n")
    texts = [each.strip() for each in rendered.split("\n")]
    places = _Places(written)
    found = [places.only(text) for text in texts]
    for bounded in (places.between, places.action):
        befores, afters = _befores(found), _afters(found, len(written) + 1)
        found = [
            number or (bounded(text, before, after) if text and before <= after else 0)
            for text, number, before, after in zip(texts, found, befores, afters, strict=True)
        ]
    return found


class _Places:
    """Where a template says what: numbers of lines by whole text, and by text before an action."""

    def __init__(self, written: Sequence[str]) -> None:
        self._whole: dict[str, list[int]] = {}
        self._starts: dict[str, list[int]] = {}
        self._actions: list[int] = []
        for number, each in enumerate(written, 1):
            text = each.strip()
            start = text.partition(_ACTION)[0].rstrip()
            if _ACTION not in text:
                self._whole.setdefault(text, []).append(number)
            elif start.strip(_QUOTES):
                self._starts.setdefault(start[:MAX_START_CHARS], []).append(number)
            elif not _CONTROL(each):
                self._actions.append(number)
        self._lengths = sorted({len(each) for each in self._starts}, reverse=True)

    def only(self, text: str) -> int:
        """The line that this text can come from, if it is one."""
        numbers = self._numbers(text)
        return numbers[0] if len(numbers) == 1 else 0

    def between(self, text: str, before: int, after: int) -> int:
        """The same, of the lines between two."""
        return _one(self._numbers(text), before, after)

    def action(self, _: str, before: int, after: int) -> int:
        """The only action between two lines that stands for lines of its own."""
        return _one(self._actions, before, after)

    def _numbers(self, text: str) -> Sequence[int]:
        if not text:
            return ()
        if text in self._whole:
            return self._whole[text]
        starts = (text[:length] for length in self._lengths if length <= len(text))
        return next((self._starts[each] for each in starts if each in self._starts), ())


def _one(numbers: Sequence[int], before: int, after: int) -> int:
    """The number between two others, if there is one only."""
    low = bisect_right(numbers, before)
    high = bisect_left(numbers, after)
    return numbers[low] if high - low == 1 else 0


def _befores(found: Sequence[int]) -> list[int]:
    """The nearest known line above each."""
    done, last = [], 0
    for each in found:
        done.append(last)
        last = each or last
    return done


def _afters(found: Sequence[int], end: int) -> list[int]:
    """The nearest known line below each."""
    done, last = [], end
    for each in reversed(found):
        done.append(last)
        last = each or last
    return done[::-1]
