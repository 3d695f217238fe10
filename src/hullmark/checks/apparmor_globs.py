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

MAX_DEPTH = 8
"""Of variables in variables, and of alternatives in alternatives."""

MAX_KEPT = 1024
"""Of expressions that are remembered."""

Variables = Mapping[str, Sequence[str]]
"""Values by name: ``{"HOME": ["/home/*/", "/root/"]}``."""

USUAL: Variables = {
    "PROC": ("/proc/",),
    "sys": ("/sys/",),
    "securityfs": ("/sys/kernel/security/",),
    "HOMEDIRS": ("/home/",),
    "HOME": ("/home/*/", "/root/"),
    "run": ("/run/", "/var/run/"),
    "multiarch": ("*-linux-gnu*",),
    **dict.fromkeys(("pid", "pids", "tid", "tids"), ("[1-9]*",)),
}
"""What the tunables say that distributions ship."""

_options = re2.Options()
_options.log_errors = False  # what is no glob is none, and nothing to tell of
_variable = regex(r"@\{(\w+)\}(/?)").search
_plain = regex(r"[^]*?\\@{}[]*").match


def matches(glob: str, text: str, variables: Variables) -> bool:
    """Whether a glob is for a path or a name; never where it is none.

    Raises ``ParseError`` for one that is too long.
    """
    plain = _plain(glob)
    if plain and not text.startswith(plain[0]):
        return False
    whole = _expanded(glob, variables)
    if len(whole) > MAX_GLOB_CHARS:
        raise ParseError("", f"a path of more than {MAX_GLOB_CHARS} characters with its variables")
    expression = _expression(whole) if whole else None
    return expression is not None and expression.fullmatch(text) is not None


def _expanded(glob: str, variables: Variables) -> str:
    """A glob with the values of its variables as alternatives; slashes are not doubled."""
    for _ in range(MAX_DEPTH):
        found = _variable(glob)
        if not found or len(glob) > MAX_GLOB_CHARS:
            break
        values = variables.get(found[1]) or USUAL.get(found[1])
        if not values:
            return ""
        if found[2]:
            values = [each.removesuffix("/") for each in values]
        made = values[0] if len(values) == 1 else f"{{{','.join(values)}}}"
        glob = glob[: found.start()] + made + found[2] + glob[found.end() :]
    return glob


@lru_cache(maxsize=MAX_KEPT)
def _expression(glob: str) -> "re2._Regexp | None":
    """The expression of a glob; ``None`` of what is none."""
    made, depth, index = "", 0, 0
    while index < len(glob):
        taken, sign = _taken(glob, index)
        if sign == "{":
            depth, sign = depth + 1, "(?:"
        elif sign == "}":
            depth, sign = depth - 1, ")"
        elif sign == ",":
            sign = "|" if depth else ","
        if not 0 <= depth <= MAX_DEPTH:
            return None
        made, index = made + sign, index + taken
    try:
        return None if depth else re2.compile(f"(?s){made}", _options)
    except re2.error:
        return None


def _taken(glob: str, index: int) -> tuple[int, str]:
    """How many signs come next, and what they are in an expression; braces stay what they are."""
    sign = glob[index]
    if sign == "\\" and index + 1 < len(glob):
        return 2, re2.escape(glob[index + 1])
    if sign == "*":
        count = 1 + (glob[index + 1 : index + 2] == "*")
        some = "." if count > 1 else "[^/]"
        is_whole = glob[index - 1 : index] == "/" and glob[index + count : index + count + 1] in (
            "",
            "/",
        )
        return count, f"[^/]{some}*" if is_whole else f"{some}*"
    if sign == "?":
        return 1, "[^/]"
    end = glob.find("]", index + 2) if sign == "[" else -1
    if end > 0:
        inner = glob[index + 1 : end].replace("\\", "\\\\").replace("[", "\\[")
        return end + 1 - index, f"[{inner}]"
    return 1, sign if sign in "{}," else re2.escape(sign)
