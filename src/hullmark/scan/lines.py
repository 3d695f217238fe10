"""Lines of a file: the comments that accept what stands there, and places of one name."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from re import compile as regex

from hullmark.model import Evidence, File

_ALLOW = regex(r"(?:#|//)\s*hullmark:allow[ \t]+([\w.*-]+)[ \t]+(\S.*)").search
_ALONE = regex(r"\s*(?:#|//)").match
_begins = regex(r"(?:[A-Z]+ in )?line (\d{1,9})\b").match
"""The line that an instruction or a statement begins in, in what names the place."""


class Lines:
    """A file's places, and its lines for the comments that accept what stands there."""

    def __init__(self, file: File) -> None:
        self.file = file
        self._places: dict[tuple[str, str], int] = {}

    @cached_property
    def accepted(self) -> bool:
        """Whether a comment of the file may accept anything."""
        return b"hullmark:allow" in self.file.data.replace(b"\0", b"")

    def place(self, key: tuple[str, str]) -> str:
        """A place of a rule's own: objects of two namespaces may bear one name."""
        count = self._places[key] = self._places.get(key, 0) + 1
        return key[1] if count == 1 else f"{key[1]} ({count})"

    def allowed(self, rule: str, line: int) -> str:
        """The reason that a comment gives in a line, or in lines of comments right above it."""
        return next((why for id, why in self.comments().get(line, ()) if id in ("*", rule)), "")

    def comments(self) -> Mapping[int, Sequence[tuple[str, str]]]:
        """Rules and reasons of comments by the line that they stand for, the nearest first."""
        return self._comments if self.accepted else {}

    @cached_property
    def _comments(self) -> Mapping[int, Sequence[tuple[str, str]]]:
        return dict(_accepted(self.file.text()))

    def allowed_at(self, rule: str, evidence: Evidence) -> str:
        """The reason at a command, or above the instruction or statement that it is part of."""
        said = self.allowed(rule, evidence.line)
        begins = None if said else _begins(evidence.at)
        return self.allowed(rule, int(begins[1])) if begins else said


def _accepted(text: str) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """Lines for which comments stand: the own one, or the next that is more than a comment."""
    above: list[tuple[str, str]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        found = _ALLOW(line)
        if found:
            above.append((found[1], found[2].rstrip()))
        if not _ALONE(line):
            if above:
                yield number, above[::-1]
            above = []
