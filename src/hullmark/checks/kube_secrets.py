"""Secrets that stand in manifests as they are, told from names, places and stand-ins of them."""

from hullmark.checks.image_facts import holds_secret
from hullmark.checks.passwords import is_password, is_random
from hullmark.model.later import regex

MAX_VALUE_CHARS = 4096
"""Of what is judged as one value: longer ones are files, of which only the beginning counts."""

_of_password = regex(
    r"(?i).*(?:password|passwd|passphrase|(?:^|[_.-])(?:pass|pwd))(?:[_-]?[0-9]+)?"
).fullmatch
_of_other = regex(
    r"(?i).*(?:secret|token|api[_.-]?key|(?:private|access|encryption|signing|master|auth|account)"
    r"[_.-]?key|credentials?)(?:[_-]?[0-9]+)?"
).fullmatch
"""Names end in what they hold: a ``TOKEN_URL`` holds no token."""

_held_elsewhere = regex(
    r"(?i)(?:[a-z][a-z0-9+.-]{0,20}:|ref\+|enc\[|\.{0,2}/|~|true\b|false\b|\$|%|\{\{|<|-{3})"
).match
"""The beginning of paths, addresses, references to secret stores, and what was encrypted."""

_in_address = regex(r"[a-z][a-z0-9+.-]{0,20}://[^\s:/@]{0,100}:([^\s:/@]{1,200})@[^\s/@]").search

_private_key = regex(r"-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY-----\s+[A-Za-z0-9]").search

_given = regex(
    r"(?:(?<![\w-])--?([A-Za-z][\w.-]{0,80})(?:=|[ \t]+(?![\w.-]{1,80}=))"
    r"|(?<![\w$-])([A-Za-z_]\w{0,80})=)"
    r"[\"']?([^\s\"'`;|&<>-][^\s\"'`;|&<>]{0,199})"
).finditer
"""``--name=value``, ``--name value`` and ``NAME=value`` of a command line."""

MAX_COMMAND_CHARS = 64 * 1024


def is_secret(name: str, value: str) -> bool:
    """Whether a name and its value are a secret's: a password, or a key drawn by chance."""
    value = value.strip()
    if len(value) > MAX_VALUE_CHARS or "\n" in value or _held_elsewhere(value):
        return False
    if _of_password(name):
        return is_password(value)
    return bool(_of_other(name)) and holds_secret(name, value) and is_random(value)


def what_it_holds(name: str, value: str) -> str:
    """What kind of secret a name and value hold, in words; empty where they hold none."""
    start = value[:MAX_VALUE_CHARS]
    if _private_key(start):
        return "a private key"
    found = _in_address(start)
    if found and is_password(found[1]):
        return "an address with a password"
    is_line = "\n" not in value.strip()
    return "a literal secret" if is_secret(name, value) or (is_line and given_in(start)) else ""


def given_in(command: str) -> str:
    """The name of the first option or variable of a command line that is given a secret."""
    for found in _given(command[:MAX_COMMAND_CHARS]):
        name = found[1] or found[2]
        if is_secret(name.replace("-", "_"), found[3]):
            return name
    return ""
