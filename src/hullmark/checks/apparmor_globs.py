"""Paths and names of AppArmor rules as what they match, with their variables put in.

Globs: https://manpages.debian.org/bookworm/apparmor/apparmor.d.5.en.html#Globbing_(AARE)
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from re import compile as regex

import re2  # type: ignore[import-untyped]  # it has no stubs

from hullmark.model import ParseError

MAX_GLOB_CHARS = 4096
"""Ours, with variables put in; people write some fifty."""

MAX_DEPTH = 50
"""Of alternatives in alternatives, as the parser of AppArmor has it."""

MAX_VARIABLES = 64
"""Ours, of variables that are put into one glob, those in their values among them."""

MAX_KEPT = 1024
"""Of expressions that are remembered."""

MAX_SHOWN_CHARS = 80
"""Of a glob, in what is said of it."""

Variables = Mapping[str, Sequence[str]]
"""Values by name: ``{"HOME": ["/home/*/", "/root/"]}``."""

USUAL: Variables = {
    "PROC": ("/proc/",),
    "sys": ("/sys/",),
    "securityfs": ("/sys/kernel/security/",),
    "apparmorfs": ("/sys/kernel/security/apparmor/",),
    "HOMEDIRS": ("/home/",),
    "HOME": ("/home/*/", "/root/"),
    "run": ("/run/", "/var/run/"),
    "etc_ro": ("/etc/", "/usr/etc/"),
    "etc_rw": ("/etc/",),
    "multiarch": ("*-linux-gnu*",),
    "user_share_dirs": ("/home/*/.local/share", "/root/.local/share"),
    "system_share_dirs": ("/usr/share", "/usr/local/share"),
    "DOVECOT_MAILSTORE": ("/home/*/Maildir/", "/var/mail/", "/var/vmail/", "/var/spool/mail/"),
    "profile_name": ("(profile)",),
    **dict.fromkeys(("pid", "pids", "tid", "tids"), ("[1-9]*",)),
    **dict.fromkeys(("uid", "uids"), ("[0-9]*",)),
    **{
        f"XDG_{name.upper()}_DIR": (name,)
        for name in (
            *("Desktop", "Documents", "Download", "Music"),
            *("Pictures", "Publicshare", "Templates", "Videos"),
        )
    },
}
"""What the tunables say that distributions ship; the name of the profile itself is none other."""

_ESCAPES = {"a": "\a", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}

_options = re2.Options()
_options.log_errors = False  # what is no glob is told by an error of ours
_variable = regex(r"@\{(\w+)\}(/?)").search
_variables = regex(r"@\{(\w+)\}").findall
_doubled = regex(r"(?<!^)/{2,}|^/{3,}").sub
_plain = regex(r"[^]*?\\@{}[]*").match
_coded = regex(r"\\(?:([0-7]{1,3})|d([0-9]{1,3})|x([0-9a-fA-F]{1,2}))").match


def matches(glob: str, text: str, variables: Variables, *, unknown: str = "") -> bool:
    """Whether a glob is for a path or a name.

    A variable that nobody defines stands for what is given as ``unknown``: where that is nothing,
    such a glob is for nothing. Raises ``ParseError`` for what is no glob, or is too long.
    """
    plain = _plain(glob)
    if plain and not text.startswith(_doubled("/", plain[0])):
        return False
    whole = _expanded(glob, variables, unknown)
    return bool(whole) and _expression(whole).fullmatch(text) is not None


def undefined(glob: str, variables: Variables) -> str:
    """The name of a variable in a glob, or in a value of one in it, that nobody defines."""
    waiting, seen = [glob], set[str]()
    found: str
    while waiting:
        for found in _variables(waiting.pop()):
            if found not in seen:
                seen.add(found)
                values = _values(found, variables)
                if not values:
                    return found
                waiting += values
    return ""


def _values(name: str, variables: Variables) -> Sequence[str]:
    return variables.get(name) or USUAL.get(name) or ()


def _expanded(glob: str, variables: Variables, unknown: str) -> str:
    """A glob with the values of its variables as alternatives, and no slashes doubled.

    Two at its beginning stay, as they mean something else.
    """
    for _ in range(MAX_VARIABLES):
        found = _variable(glob)
        if not found or len(glob) > MAX_GLOB_CHARS:
            break
        values = _values(found[1], variables) or ([unknown] if unknown else [])
        if not values:
            return ""
        if found[2]:
            values = [each.removesuffix("/") for each in values]
        made = values[0] if len(values) == 1 else f"{{{','.join(values)}}}"
        glob = glob[: found.start()] + made + found[2] + glob[found.end() :]
    if len(glob) > MAX_GLOB_CHARS:
        raise ParseError("", f"a path of more than {MAX_GLOB_CHARS} characters with its variables")
    if _variable(glob):
        raise ParseError("", f"a path with more than {MAX_VARIABLES} variables")
    return _doubled("/", glob)


@lru_cache(maxsize=MAX_KEPT)
def _expression(glob: str) -> "re2._Regexp":
    """The expression of a glob; raises ``ParseError`` for what is none."""
    made, depth, index = "", 0, 0
    while index < len(glob):
        taken, sign = _taken(glob, index, is_first=made.endswith("/"))
        if sign == "{":
            depth, sign = depth + 1, "(?:"
        elif sign == "}":
            depth, sign = depth - 1, ")"
        elif sign == ",":
            sign = "|" if depth else ","
        if not 0 <= depth <= MAX_DEPTH:
            raise _no_glob(glob)
        made, index = made + sign, index + taken
    if depth:
        raise _no_glob(glob)
    try:
        return re2.compile(f"(?s){made}", _options)
    except re2.error as error:
        raise _no_glob(glob) from error


def _no_glob(glob: str) -> ParseError:
    return ParseError("", f"{glob[:MAX_SHOWN_CHARS]!r} is no path that AppArmor reads")


def _taken(glob: str, index: int, *, is_first: bool) -> tuple[int, str]:
    """How many signs come next, and what they are in an expression; braces stay what they are.

    ``is_first`` says that a name of a path begins here: a star that is all of it is not for none.
    """
    sign = glob[index]
    if sign == "\\":
        taken, literal = _escaped(glob, index)
        return taken, re2.escape(literal)
    if sign == "*":
        count = 1 + (glob[index + 1 : index + 2] == "*")
        some = "." if count > 1 else "[^/]"
        is_whole = is_first and glob[index:].lstrip("*")[:1] in ("", "/")
        return count, f"[^/]{some}*" if is_whole else f"{some}*"
    if sign == "?":
        return 1, "[^/]"
    if sign == "[":
        return _class(glob, index)
    if sign == "]":
        raise _no_glob(glob)
    return 1, sign if sign in "{}," else re2.escape(sign)


def _class(glob: str, index: int) -> tuple[int, str]:
    """The same of a class of signs."""
    at, made = index + 1, "["
    if glob[at : at + 1] == "^":
        at, made = at + 1, "[^"
    while at < len(glob) and glob[at] != "]":
        taken, sign = _escaped(glob, at) if glob[at] == "\\" else (1, glob[at])
        made += sign if taken == 1 and sign == "-" else re2.escape(sign)
        at += taken
    if at >= len(glob) or made in ("[", "[^"):
        raise _no_glob(glob)
    return at + 1 - index, f"{made}]"


def _escaped(glob: str, index: int) -> tuple[int, str]:
    """How many signs an escape has, and what it stands for: a number, or a sign as it is."""
    coded = _coded(glob, index)
    if coded:
        octal, decimal, hexadecimal = coded.groups()
        code = int(octal, 8) if octal else int(decimal) if decimal else int(hexadecimal, 16)
        return coded.end() - index, chr(code)
    if index + 1 >= len(glob):
        raise _no_glob(glob)
    sign = glob[index + 1]
    return 2, _ESCAPES.get(sign, sign)
