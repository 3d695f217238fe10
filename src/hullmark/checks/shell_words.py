"""Simple commands: a program, its words, and what stands before it."""

from collections.abc import Mapping, Sequence
from re import compile as regex

from msgspec import Struct
from msgspec.structs import replace

_assignment = regex(r"[A-Za-z_][A-Za-z0-9_]*\+?=").match
_WORDS = frozenset(
    ("if", "then", "else", "elif", "do", "while", "until", "!", "{", "}", "fi", "done")
)
_OPTIONS_WITH_WORDS = frozenset(
    ("-o", "-t", "-c", "--option", "--target-release", "--setopt", "--repo", "--enablerepo", "-C")
)
"""Options of package managers and git that are followed by a word of theirs."""

_WRAPPERS: Mapping[str, tuple[frozenset[str], int]] = {
    "sudo": (
        frozenset(
            (
                *("-u", "-g", "-h", "-p", "-C", "-r", "-t", "-T", "-U", "-D", "-R"),
                *("--user", "--group", "--host", "--prompt", "--chdir", "--chroot"),
            )
        ),
        0,
    ),
    "doas": (frozenset(("-u", "-C")), 0),
    "env": (frozenset(("-u", "--unset", "-C", "--chdir")), 0),
    "exec": (frozenset(("-a",)), 0),
    "command": (frozenset(), 0),
    "builtin": (frozenset(), 0),
    "time": (frozenset(("-f", "-o")), 0),
    "nice": (frozenset(("-n", "--adjustment")), 0),
    "ionice": (frozenset(("-c", "-n")), 0),
    "nohup": (frozenset(), 0),
    "setsid": (frozenset(), 0),
    "stdbuf": (frozenset(("-i", "-o", "-e")), 0),
    "eatmydata": (frozenset(), 0),
    "fakeroot": (frozenset(("-l", "-s", "-i", "-b")), 0),
    "timeout": (frozenset(("-s", "--signal", "-k", "--kill-after")), 1),
    "chroot": (frozenset(), 1),
    "busybox": (frozenset(), 0),
    "coproc": (frozenset(), 0),
    "gosu": (frozenset(), 1),
    "su-exec": (frozenset(), 1),
    "tini": (frozenset(("-p", "-e")), 0),
    "dumb-init": (frozenset(("-r", "--rewrite")), 0),
    "xargs": (
        frozenset(("-I", "-n", "-P", "-d", "-L", "-s", "-a", "-E", "--max-args", "--max-procs")),
        0,
    ),
}
"""Programs that only start another: their options that are followed by a word of theirs, and how
many words stand before the program."""

_ALONE = ("busybox", "gosu", "su-exec", "tini", "dumb-init", "coproc")
"""Of these, programs that do something by themselves where they start no other."""

ONLY_ASK = ("-v", "-V")
"""Options by which ``command`` looks a program up and does not start it."""


class Command(Struct, frozen=True, kw_only=True):
    """One simple command: its program without its folder, and the words after it.

    ``folder`` is what the program is named with (``./``), ``before`` are assignments and programs
    that only start it (``sudo``, ``env``);
    ``reads_pipe`` is true where the command before it is piped into it. It begins in ``line`` of
    its text at ``column``, its pipeline in the line ``first``, and it ends in ``last``, all counted
    from 0. ``inner`` are commands of a script that it is handed as text; ``unread`` says that the
    script stands too deep in others to be looked into. ``within`` are the functions of its text
    that it stands in, by name, and the subshells and substitutions, by a bracket and their place.
    """

    program: str
    words: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    reads_pipe: bool = False
    line: int = 0
    column: int = 0
    first: int = 0
    last: int = 0
    inner: tuple["Command", ...] = ()
    unread: bool = False
    folder: str = ""
    within: tuple[str, ...] = ()

    def has(self, *options: str) -> bool:
        """Whether one of these words stands there as such."""
        return any(word in options for word in self.words)

    def short_option(self, letter: str) -> bool:
        """Whether a word of one dash holds the letter (``-fsSLk``)."""
        return any(
            word[:1] == "-" and word[1:2] != "-" and letter in word[1:] and word[1:].isalpha()
            for word in self.words
        )

    @property
    def action(self) -> str:
        """The first word that is no option: ``install`` of ``apt-get -y -o A::B=c install``."""
        before = ""
        for word in self.words:
            if not word.startswith("-") and before not in _OPTIONS_WITH_WORDS:
                return word
            before = word
        return ""

    def moved(self, lines: int) -> "Command":
        """The command of a text that begins some lines further down."""
        if not lines:
            return self
        return replace(
            self,
            line=self.line + lines,
            first=self.first + lines,
            last=self.last + lines,
            inner=tuple(each.moved(lines) for each in self.inner),
        )


def program_at(words: Sequence[str]) -> int:
    """Where in these words the program is; their number where they are assignments alone."""
    at = 0
    while at < len(words):
        word = words[at]
        wrapper = _WRAPPERS.get(word.rpartition("/")[2])
        if wrapper is not None:
            if word == "command" and any(each in ONLY_ASK for each in words[at + 1 : at + 2]):
                return at
            behind = _behind(words, at + 1, *wrapper)
            if behind >= len(words) and word.rpartition("/")[2] in _ALONE:
                return at
            at = behind
        elif word in _WORDS or _assignment(word):
            at += 1
        else:
            return at
    return at


def named(words: Sequence[str], at: int) -> tuple[str, str]:
    """The folder and the name of the program at a place; empty where no word is there.

    A backslash before it only keeps the shell from taking it for an alias.
    """
    word = words[at] if at < len(words) else ""
    if word[:1] == "\\" and word[1:2] not in ("", "\\"):
        word = word[1:]
    folder, slash, program = word.rpartition("/")
    return folder + slash, program


def _behind(words: Sequence[str], at: int, with_words: frozenset[str], operands: int) -> int:
    """The place behind the options and operands of a program that starts another."""
    while at < len(words):
        word = words[at]
        if word.startswith("-"):
            at += 2 if _takes_word(word, with_words) else 1
        elif operands:
            operands -= 1
            at += 1
        else:
            break
    return at


def _takes_word(word: str, with_words: frozenset[str]) -> bool:
    """Whether an option, or the last of several short ones, is followed by a word of its own."""
    if word in with_words:
        return True
    for letter in () if word.startswith("--") else word[1:-1]:
        if f"-{letter}" in with_words:
            return False
    return not word.startswith("--") and len(word) > 2 and f"-{word[-1]}" in with_words  # noqa: PLR2004 - a dash and two letters


def is_option(word: str, letter: str) -> bool:
    """Whether a word is short options, this one among them (``-eux``)."""
    return word[:1] == "-" and word[1:2] != "-" and word[1:].isalpha() and letter in word
