"""Shell text cut into simple commands, as far as checks of build steps need it.

Grammar: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html; expansions
and here-documents stay as they are written.
"""

from functools import lru_cache
from re import VERBOSE
from re import compile as regex

from msgspec import Struct

from hullmark.checks.image_facts import SHELLS

KEPT_TEXTS = 1024
"""Steps whose commands are remembered: more than an image has layers."""

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
_assignment = regex(r"[A-Za-z_][A-Za-z0-9_]*\+?=").match
_WORDS = frozenset(
    ("if", "then", "else", "elif", "do", "while", "until", "!", "{", "}", "fi", "done")
)
_OPTIONS_WITH_WORDS = frozenset(
    ("-o", "-t", "-c", "--option", "--target-release", "--setopt", "--repo", "--enablerepo", "-C")
)
"""Options of package managers and git that are followed by a word of theirs."""

_WRAPPERS = frozenset(
    ("sudo", "doas", "env", "exec", "command", "time", "nice", "nohup", "eatmydata", "xargs")
)


class Command(Struct, frozen=True, kw_only=True):
    """One simple command: its program without its folder, and the words after it.

    ``before`` are assignments and programs that only start it (``sudo``, ``env``);
    ``reads_pipe`` is true where the command before it is piped into it.
    """

    program: str
    words: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    reads_pipe: bool = False

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


@lru_cache(KEPT_TEXTS)
def commands(text: str) -> tuple[Command, ...]:
    """The simple commands of a script, in order."""
    found: list[Command] = []
    words: list[str] = []
    piped = False
    for token in _token.finditer(text.replace("\\\n", " ")):
        if token["word"] is not None:
            words.append(_unquoted(token["word"]))
        elif token["operator"] is not None:
            if words:
                found.append(_command(words, piped=piped))
                words = []
                piped = False
            if token["operator"] in ("|", "|&"):
                piped = True
            elif token["operator"] not in ("(", "\n"):
                piped = False
    if words:
        found.append(_command(words, piped=piped))
    return tuple(found)


def _command(words: list[str], *, piped: bool) -> Command:
    at = 0
    while at < len(words) and (words[at] in _WORDS or _starts_another(words, at)):
        at += 1
    return Command(
        program=words[at].rpartition("/")[2] if at < len(words) else "",
        words=tuple(words[at + 1 :]),
        before=tuple(words[:at]),
        reads_pipe=piped,
    )


def _starts_another(words: list[str], at: int) -> bool:
    """Whether a word is an assignment, a program that starts the next, or an option of one."""
    word = words[at]
    if _assignment(word) or word.rpartition("/")[2] in _WRAPPERS:
        return True
    return at > 0 and word.startswith("-") and words[at - 1].rpartition("/")[2] in _WRAPPERS


def _unquoted(word: str) -> str:
    if "'" not in word and '"' not in word:
        return word
    return word.replace('"', "").replace("'", "")


def all_commands(text: str) -> tuple[Command, ...]:
    """The simple commands of a script, and after them those of scripts that it hands to a shell."""
    found = commands(text)
    inner = [each for command in found for each in given_to_shell(command)]
    return (*found, *inner) if inner else found


def given_to_shell(command: Command) -> tuple[Command, ...]:
    """The commands of ``sh -c SCRIPT``, and of ``ssh HOST SCRIPT``."""
    if command.program == "ssh" and command.words and " " in command.words[-1]:
        return commands(command.words[-1])
    if command.program not in SHELLS:
        return ()
    for option, script in zip(command.words, command.words[1:], strict=False):
        if is_option(option, "c"):
            return commands(script)
    return ()


def reads_script(text: str) -> bool:
    """Whether a line hands its here-document to a shell."""
    return any(
        command.program in SHELLS
        and not command.has("-c")
        and (command.reads_pipe or any(word.startswith("<<") for word in command.words))
        for command in commands(text)
    )


def is_option(word: str, letter: str) -> bool:
    """Whether a word is short options, this one among them (``-eux``)."""
    return word[:1] == "-" and word[1:2] != "-" and word[1:].isalpha() and letter in word
