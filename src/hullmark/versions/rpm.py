"""Versions of RPM: epoch, version and release.

Specification: https://rpm.org/docs/latest/man/rpm-version.7, and ``rpmvercmp`` and ``rpmverCmp``
"""

from re import compile as regex

from hullmark.model import ParseError
from hullmark.unit import scheme
from hullmark.versions.evr import Key, joined

_NO_RELEASE = -5
_TILDE = -4
_END = -3
_CARET = -2
_LETTERS = -1
_MARKS = {"~": _TILDE, "^": _CARET}


_TOKENS = regex(r"[0-9]+|[A-Za-z]+|[~^]").findall


@scheme(
    id="rpm",
    ordered=(
        *("1.0~rc1", "1.0~rc1-1", "1.0", "1.0-1.el9", "1.0-1.el9_2.1", "1.0^git1-1", "1.0a"),
        *("1.0.1", "1.10-1", "0:2-1", "1:0.1-1"),
    ),
    equal=(("1.0-1", "0:1.0-1"), ("1.01", "1.1"), ("1.0", "1_0"), ("1.0", "1.0."), (":1", "1")),
    invalid=("",),
)
def rpm(version: str) -> Key:
    """Runs of digits and of letters, whatever separates them; digits sort behind letters.

    A tilde sorts before the end, a caret behind it and before all else. A missing release sorts
    before every release. rpm orders whatever is not empty, so that is taken here.
    """
    if not version:
        raise ParseError(version, "no version of rpm")
    epoch, colon, rest = version.partition(":")
    if not colon or epoch.strip("0123456789"):
        epoch, rest = "", version
    return joined(epoch or "", rest, _add, _NO_RELEASE)


def _add(key: list[int | str], part: str) -> None:
    """A number for each token, lower than any of digits where it is another; letters follow it."""
    for token in _TOKENS(part):
        if token.isdigit():
            key.append(int(token))
        elif token in _MARKS:
            key.append(_MARKS[token])
        else:
            key += (_LETTERS, token)
    key.append(_END)
