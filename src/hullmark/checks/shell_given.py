"""Scripts that commands are handed as words: ``sh -c``, ``eval``, ``ssh``, ``find -exec``."""

from collections.abc import Iterator, Sequence
from re import compile as regex

from hullmark.checks.image_facts import SHELLS
from hullmark.checks.shell_words import is_option

_plain = regex(r"[\w./:=@%+,{}$-]+\Z").match


def given(program: str, words: Sequence[str], quotes: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Scripts that a command is handed as words, each with the quote around it."""
    if program in SHELLS or program in ("su", "runuser"):
        for number, word in enumerate(words[:-1]):
            if is_option(word, "c") or word == "--command":
                yield words[number + 1], quotes[number + 1]
                return
    elif program == "ssh" and words and " " in words[-1]:
        yield words[-1], quotes[-1]
    elif program == "eval" and any(quotes):
        yield " ".join(words), "'" if {*quotes} <= {"'"} else '"'
    elif program == "find":
        yield from _of_find(words)


def _of_find(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What ``find -exec`` starts, as text."""
    at = 0
    while at < len(words):
        if words[at] in ("-exec", "-execdir", "-ok", "-okdir"):
            end = at + 1
            while end < len(words) and words[end] not in (";", "\\;", "+"):
                end += 1
            if end > at + 1:
                yield " ".join(map(quoted, words[at + 1 : end])), "'"
            at = end
        at += 1


def quoted(word: str) -> str:
    """A word in single quotes, unless it needs none."""
    return word if _plain(word) else "'" + word.replace("'", "'\\''") + "'"
