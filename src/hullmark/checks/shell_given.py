"""Scripts that commands are handed as words: ``sh -c``, ``eval``, ``ssh``, ``find -exec``."""

from collections.abc import Iterator, Sequence
from re import compile as regex

from hullmark.checks.image_facts import SHELLS
from hullmark.checks.shell_words import is_option

REMOTE = (
    *("docker", "podman", "nerdctl", "kubectl", "oc", "nsenter", "unshare", "systemd-run"),
    "flock",
)
"""Programs that start a shell, elsewhere or under a lock, which stands among their words."""

_AT = {"ssh": -1, "trap": 0}
"""Where programs that take one have a script among their words."""

_OF_SSH = "bBcDEeFIiJLlmOopQRSWw"
"""Letters of ssh that take a word."""

_plain = regex(r"[\w./:=@%+,{}$-]+\Z").match


def given(program: str, words: Sequence[str], quotes: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Scripts that a command is handed as words, each with the quote around it."""
    if program in SHELLS or program in REMOTE:
        begin = 0 if program in SHELLS else shell_among(words)
        at = begin + _code(words[begin:])
        if at < len(words):
            yield words[at], quotes[at]
    elif program in ("su", "runuser"):
        for number, word in enumerate(words[:-1]):
            if is_option(word, "c") or word == "--command":
                yield words[number + 1], quotes[number + 1]
                return
    elif program in _AT and words and " " in words[_AT[program]]:
        yield words[_AT[program]], quotes[_AT[program]]
    elif program == "eval" and any(quotes):
        yield " ".join(words), "'" if {*quotes} <= {"'"} else '"'
    elif program == "find":
        yield from _of_find(words)


def _code(words: Sequence[str]) -> int:
    """The place of the script behind ``-c``; the number of words where a shell is given none."""
    at = asked = 0
    while at < len(words) and words[at][:1] in ("-", "+") and words[at] not in ("-", "--"):
        word = words[at]
        at += 1
        if word in ("--rcfile", "--init-file"):
            at += 1
        elif not word.startswith("--"):
            asked += sum(each in "oO" for each in word[1:])
            if word[0] == "-" and "c" in word:
                break
            at, asked = at + asked, 0
    else:
        return len(words)
    at += asked
    while at < len(words) and words[at][:1] == "-":
        at += 2 if words[at][-1:] in ("o", "O") else 1
    return at


def shell_among(words: Sequence[str]) -> int:
    """The place behind the first word that names a shell; their number where none does."""
    for number, word in enumerate(words, 1):
        if word.rpartition("/")[2] in SHELLS:
            return number
    return len(words)


def reads_login(words: Sequence[str]) -> bool:
    """Whether ssh is told a host and no command, so that the shell there reads its input."""
    operands = 0
    left = iter(words)
    for word in left:
        if word[:1] == "-":
            if word[-1:] in _OF_SSH and (len(word) == len("-p") or word[1] not in _OF_SSH):
                next(left, "")
        elif word[:1] in ("<", ">") or word[:2] in ("2>", "1>", "&>"):
            if word[-1:] in ("<", ">"):
                next(left, "")
        else:
            operands += 1
    return operands == 1


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
