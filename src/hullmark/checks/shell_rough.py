"""Shell text cut into words without its grammar, for what the grammar does not know.

Dialects (zsh, ksh), templates and what breaks off hold commands all the same.
"""

from collections.abc import Iterator
from re import VERBOSE

from hullmark.model.later import regex

_token = regex(
    r"""
    (?P<operator> && | \|\| | \|& | ;; | [;|()\n] | (?<![<>])&(?!>) )
    | (?P<comment> (?<![^\s;&|()])\#[^\n]* )
    | (?P<word> (?:
        \\. | "(?:[^"\\]|\\.)*" | '[^']*' | [^\s;&|()"'\\] | (?<=[<>])& | &(?=>) | ["'\\]
      )+ )
    """,
    VERBOSE,
)


def rough_commands(text: str) -> Iterator[tuple[int, list[str], bool]]:
    """The words of each command, where the first begins, and whether a pipe leads into it."""
    words: list[str] = []
    piped = False
    begins = 0
    for token in _token.finditer(text.replace("\\\n", "  ")):
        if token["word"] is not None:
            begins = begins if words else token.start()
            words.append(bare(token["word"]))
        elif token["operator"] is not None:
            if words:
                yield begins, words, piped
                words = []
                piped = False
            if token["operator"] in ("|", "|&"):
                piped = True
            elif token["operator"] not in ("(", "\n"):
                piped = False
    if words:
        yield begins, words, piped


def bare(word: str) -> str:
    """A word without any quotes."""
    if "'" not in word and '"' not in word:
        return word
    return word.replace('"', "").replace("'", "")
