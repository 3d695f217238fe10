"""What an interpreter is told to run: code in a word, a file, or what it reads."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from hullmark.checks.image_facts import SHELLS

STANDARD_INPUT = frozenset(("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"))


class _Options(Struct, frozen=True):
    """Letters that bring code, that bring a word, and that have a word behind them at once."""

    code: str
    with_words: str = ""
    attached: str = ""


_OPTIONS = {
    "python": _Options("cm", "WX"),
    "perl": _Options("eE", "I", "MmiFDxC"),
    "ruby": _Options("e", "IrC", "iFKTWx"),
    "node": _Options("ep", "rC"),
    "php": _Options("rRBE", "cdz"),
}
"""Of shells all others: there letters that bring words may stand together."""

_LONG_CODE = frozenset(("--eval", "--print", "--run", "--command", "-Command", "-command", "-File"))
_LONG_WITH_WORDS = frozenset(
    ("--rcfile", "--init-file", "--require", "--import", "--loader", "--input-type", "--env-file")
)


class Interpreted(Struct, frozen=True, kw_only=True):
    """The code of an interpreter: ``code`` in words, or the ``file``; neither where it reads some.

    ``read`` are words from which its standard input comes.
    """

    code: tuple[str, ...] = ()
    file: str = ""
    read: tuple[str, ...] = ()

    @property
    def reads(self) -> bool:
        """Whether it runs what it reads from its standard input."""
        return not self.code and not self.file


def interpreted(program: str, words: Sequence[str]) -> Interpreted:
    """What an interpreter runs that is started with these words."""
    read: list[str] = []
    left = without_redirections(words, read)
    name = program.rstrip("0123456789.")
    code: list[str] = []
    file = ""
    for word in left:
        if word in STANDARD_INPUT:
            break
        if word in _LONG_CODE:
            code.append(next(left, ""))
        elif word in _LONG_WITH_WORDS:
            next(left, "")
        elif word[:1] not in ("-", "+"):
            file = word
            break
        elif not word.startswith("--"):
            code += _short(word[1:], left, name)
            if program in SHELLS and "s" in word:
                break
        if code:
            break
    for _ in left:
        continue
    return Interpreted(code=tuple(code), file=file, read=tuple(read))


def _short(letters: str, left: Iterator[str], name: str) -> Iterator[str]:
    """The code that a word of short options brings, itself or in the next word."""
    options = _OPTIONS.get(name)
    if options is None:
        for _ in filter("oO".__contains__, letters):
            next(left, "")
        if "c" in letters:
            yield next(left, "")
        return
    for at, letter in enumerate(letters):
        if letter in options.code:
            yield letters[at + 1 :] or next(left, "")
        elif letter in options.with_words and at + 1 == len(letters):
            next(left, "")
        if letter in (*options.code, *options.with_words, *options.attached):
            return


def without_redirections(words: Sequence[str], read: list[str]) -> Iterator[str]:
    """Words that are no redirections; ``read`` gets what the standard input comes from."""
    left = iter(words)
    for word in left:
        sign = _redirection(word)
        if not sign:
            yield word
            continue
        target = word[len(sign) :] or next(left, "")
        if sign in ("<", "<<<", "0<"):
            read.append(target)


def _redirection(word: str) -> str:
    """The sign of a redirection that a word begins with; empty for a substitution."""
    bare = word.lstrip("0123456789")
    if bare[:1] == "&" and bare[1:2] == ">":
        bare = bare[1:]
    if bare[:1] not in ("<", ">") or bare[1:2] == "(":
        return ""
    sign = bare[: len(bare) - len(bare.lstrip("<>&|"))]
    return word[: len(word) - len(bare) + len(sign)]
