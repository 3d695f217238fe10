"""What stands in quotes of shells.

Grammar: https://www.gnu.org/software/bash/manual/html_node/ANSI_002dC-Quoting.html
"""

from re import Match
from re import compile as regex

_escape = regex(
    r"\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|([0-7]{1,3})|(.))"
).sub
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "v": "\v"}
_LAST = 0x10FFFF


def ansi(text: str) -> str:
    """What ``$'...'`` means, without the quotes."""
    return _escape(_meant, text) if "\\" in text else text


def _meant(match: Match[str]) -> str:
    sign = match[5]
    if sign is not None:
        return _SIGNS.get(sign, sign if sign in "\\'\"?" else match[0])
    number = int(match[4], 8) if match[4] else int(match[1] or match[2] or match[3], 16)
    return chr(number) if number <= _LAST else match[0]
