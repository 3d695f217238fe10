"""Commands as intruders leave them where a system starts something by itself.

Every expression is bounded, so that long lines cost no more than their length.
"""

from collections.abc import Callable

from hullmark.model.later import regex

_SHELL = (
    r"(?:sudo\s{1,9})?(?:/[\w/]{1,30}/)?(?:(?:ba|da|z|k|a)?sh|python[\d.]{0,4}|perl|php|ruby)\b"
)

_fetch = regex(r"\b(?:curl|wget)\b").search
_decode = regex(r"\bbase64\s{1,9}-{1,2}d\w{0,6}\b").search
_shell_first = regex(rf"\s{{0,9}}{_SHELL}").match
_shell_of_fetch = regex(r"\b(?:ba|da|z|k)?sh\b[^|;&#]{0,40}[$<]\(\s{0,9}(?:curl|wget)\b")
_eval_of_fetch = regex(r"\beval\s{1,9}\"?(?:\$\(|`)\s{0,9}(?:curl|wget)\b")
_made_program = regex(r"\bchmod\s{1,9}(?:[ugoa]{0,4}\+\w{0,2}x|0?7[0-7][0-7])\b").finditer
_decoded_text = regex(r"\beval\b[^;&#]{0,100}\bbase64\s{1,9}-{1,2}d")
_reverse = regex(
    r"/dev/(?:tcp|udp)/[\w.$\{}-]{1,100}/|\b(?:nc|ncat|netcat)\s[^|;&#]{0,100}-[a-z]{0,4}e\s{1,9}/"
)
_writable = regex(r"(?:^|[\s;&|\"'=`(@!+-])(/(?:tmp|var/tmp|dev/shm)/[^\s;&|\"'`)]{1,200})")
_hidden = regex(
    r"(?:^|[\s;&|\"'=`(@!+-])(/(?:bin|dev|etc|lib|lib64|opt|run|sbin|srv|usr|var)/"
    r"(?:[^\s/;&|\"'`)]{1,100}/){0,9}\.[^\s/.;&|\"'`)][^\s;&|\"'`)]{0,100})"
)
_between = regex(r"[;&|]+")
_joint = regex(r"([|;&#]+)")

STARTERS = frozenset(
    ("bash", "env", "exec", "nice", "nohup", "perl", "python", "python3", "setsid", "sh", "sudo")
)
"""Programs that start the one that they are given."""

MAX_APART_CHARS = 300
"""Between fetching a file and making it a program."""

MAX_WORDS = 8
MAX_PIECES = 100
"""Commands of one line that are looked at."""


def fetched(command: str) -> str:
    """What a command does with something from elsewhere; empty when it starts nothing new."""
    if _into_shell(command, _fetch) or _shell_of_fetch.search(command):
        return "runs what it fetches from the network"
    if _eval_of_fetch.search(command) or _fetched_before_start(command):
        return "runs what it fetches from the network"
    if _into_shell(command, _decode) or _decoded_text.search(command):
        return "runs what it decodes from base64"
    if _reverse.search(command):
        return "hands a shell to the network"
    return ""


def _into_shell(command: str, search: Callable[[str], object]) -> bool:
    """Whether what is searched for is piped into a shell or an interpreter."""
    parts = _joint.split(command)
    return any(
        not sign.strip("|") and _shell_first(after) and search(before)
        for before, sign, after in zip(parts[::2], parts[1::2], parts[2::2], strict=False)
    )


def _fetched_before_start(command: str) -> bool:
    """Whether something is fetched shortly before something is made a program."""
    last = 0
    for found in _made_program(command):
        start = max(last, found.start() - MAX_APART_CHARS)
        if _fetch(command[start : found.start()].rpartition("#")[2]):
            return True
        last = found.end()
    return False


def starts(command: str) -> str:
    """The program that a command begins with: behind what only starts it, and its options."""
    words = (word.lstrip("@-:+!").strip("\"'(){}") for word in command.split(None, MAX_WORDS))
    program = ""
    for word in words:
        if word.rpartition("/")[2] not in STARTERS and (not program or "/" in word):
            return word
        program = program or word
    return program


def in_odd_folder(program: str) -> str:
    """What is odd about where a program lies, by its path; empty when nothing is."""
    if _writable.match(program):
        return "starts a program from a folder that everybody may write to"
    if _hidden.match(program):
        return "starts a program from a hidden folder"
    return ""


def odd(command: str) -> str:
    """What is odd about a command that starts by itself; empty when nothing is."""
    if why := fetched(command):
        return why
    pieces = _between.split(command, MAX_PIECES)
    return next(filter(None, (in_odd_folder(starts(each)) for each in pieces)), "")
