"""What a parser of shell scripts is to see of a text: places in both are the same.

Here-documents are left blank, expressions of workflows and templates are words, and the pieces
of a long text are small enough for the parser.
"""

from collections.abc import Iterable, Iterator, Sequence
from re import Match
from re import compile as regex

from hullmark.checks.shell_lines import HereDocument, Whole

MAX_PIECE_CHARS = 16 * 1024
"""Of text that is parsed at once: what the parser takes to recover grows with the square."""

MAX_OPENERS = 500
"""Signs in one piece by which nesting grows."""

_foreign = regex(r"[^\x01-\x7f]").sub
_letters = regex(r"[^\n]").sub
_openers = regex(r"[|({\[<>`]|=\(").findall
_expressions = regex(r"\$?\{\{[^\n{}]*+\}\}").sub
_statements = regex(r"\{%[^\n%]*+%\}").sub
_goes_on = regex(r"[\s})&|;]|(?:fi|done|esac|then|else|elif|do|in)\b").match


def fits(text: str, start: int, end: int) -> bool:
    """Whether a part of a text is small enough to be parsed at once."""
    return end - start <= MAX_PIECE_CHARS and len(_openers(text, start, end)) <= MAX_OPENERS


def pieces(text: str, wholes: Sequence[Whole]) -> Iterator[tuple[int, int]]:
    """A long script in parts that begin where no block can be open, as far as scripts indent."""
    start = end = cut = openers = since = 0
    for each in wholes:
        last = each.heredocs[-1].body_end if each.heredocs else each.end
        if not _goes_on(text, each.start):
            cut, since = each.start, 0
        more = len(_openers(text, each.start, each.end))
        if cut > start and (last - start > MAX_PIECE_CHARS or openers + more > MAX_OPENERS):
            yield start, cut
            start, openers = cut, since
        openers += more
        since += more
        end = last
    if end > start:
        yield start, end


def masked(text: str, heredocs: Iterable[HereDocument]) -> str:
    """A text in ASCII, with words where templates fill something in or here-documents are named."""
    if "{{" in text:
        text = _expressions(_underlined, text)
    if "{%" in text:
        text = _statements(_blanked, text)
    if "<<<" in text:
        text = text.replace("<<<", "<  ")
    if not text.isascii() or "\0" in text:
        text = _foreign("_", text)
    parts: list[str] = []
    at = 0
    for each in heredocs:
        parts += (text[at : each.start], "<", "_" * (each.end - each.start - 1))
        at = each.end
    return "".join((*parts, text[at:])) if parts else text


def _underlined(match: Match[str]) -> str:
    return "_" * len(match[0])


def _blanked(match: Match[str]) -> str:
    return " " * len(match[0])


def without_bodies(text: str, heredocs: Iterable[HereDocument]) -> str:
    """The text with here-documents and their ends left blank, line by line."""
    parts: list[str] = []
    at = 0
    for each in heredocs:
        end = text.find("\n", each.body_end + 1) if each.body_end > each.body else -1
        if each.body_end == each.body:
            end = text.find("\n", each.body)
        stop = end if end >= 0 else len(text)
        parts += (text[at : each.body], _letters(" ", text[each.body : stop]))
        at = max(at, stop)
    parts.append(text[at:])
    return "".join(parts)
