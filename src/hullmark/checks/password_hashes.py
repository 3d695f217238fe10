"""Kinds of password hash, by what crypt(5) says they begin with."""

from re import compile as regex

_des = regex(r"[./0-9A-Za-z]{13}\Z")
_bsdi = regex(r"_[./0-9A-Za-z]{19}\Z")

WEAK = {"$1$": "MD5", "$3$": "NT", "$md5": "SunMD5"}
"""Guessed at billions a second."""

DATED = {"$5$": "SHA-256", "$sha1": "SHA-1"}
"""Slow to guess, but with no need of memory: cards of a gaming computer do it side by side."""


def weak(password: str) -> str:
    """The name of a hash that is guessed fast; empty for others."""
    if _des.match(password):
        return "DES"
    if _bsdi.match(password):
        return "extended DES"
    return next((name for start, name in WEAK.items() if password.startswith(start)), "")


def dated(password: str) -> str:
    """The name of a hash that newer ones have replaced; empty for others."""
    return next((name for start, name in DATED.items() if password.startswith(start)), "")
