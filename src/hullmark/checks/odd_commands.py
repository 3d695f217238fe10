"""Commands as intruders leave them where a system starts something by itself.

Every expression is bounded, so that long lines cost no more than their length.
"""

from re import compile as regex

_SHELL = (
    r"(?:sudo\s{1,9})?(?:/[\w/]{1,30}/)?(?:(?:ba|da|z|k|a)?sh|python[\d.]{0,4}|perl|php|ruby)\b"
)

_fetch_to_shell = regex(rf"\b(?:curl|wget)\b[^|;&#]{{1,400}}\|{{1,2}}\s{{0,9}}{_SHELL}")
_shell_of_fetch = regex(r"\b(?:ba|da|z|k)?sh\b[^|;&#]{0,40}[$<]\(\s{0,9}(?:curl|wget)\b")
_eval_of_fetch = regex(r"\beval\s{1,9}\"?(?:\$\(|`)\s{0,9}(?:curl|wget)\b")
_fetch_and_start = regex(
    r"\b(?:curl|wget)\b[^#]{1,300}?\bchmod\s{1,9}(?:[ugoa]{0,4}\+\w{0,2}x|0?7[0-7][0-7])\b"
)
_decoded = regex(rf"\bbase64\s{{1,9}}-{{1,2}}d\w{{0,6}}\b[^|;&#]{{0,400}}\|\s{{0,9}}{_SHELL}")
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

STARTERS = frozenset(
    ("bash", "env", "exec", "nice", "nohup", "perl", "python", "python3", "setsid", "sh", "sudo")
)
"""Programs that start the one that they are given."""

MAX_WORDS = 8
MAX_PIECES = 100
"""Commands of one line that are looked at."""


def fetched(command: str) -> str:
    """What a command does with something from elsewhere; empty when it starts nothing new."""
    if _fetch_to_shell.search(command) or _shell_of_fetch.search(command):
        return "runs what it fetches from the network"
    if _eval_of_fetch.search(command) or _fetch_and_start.search(command):
        return "runs what it fetches from the network"
    if _decoded.search(command) or _decoded_text.search(command):
        return "runs what it decodes from base64"
    if _reverse.search(command):
        return "hands a shell to the network"
    return ""


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
