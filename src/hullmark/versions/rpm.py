"""Versions of RPM: epoch, version and release.

Specification: https://rpm.org/docs/latest/man/rpm-version.7, and ``rpmvercmp`` and ``rpmverCmp``
"""

from re import compile as regex

from hullmark.model import ParseError
from hullmark.unit import scheme

Key = tuple[int | str, ...]

_NO_RELEASE = -5
_TILDE = -4
_END = -3
_CARET = -2
_LETTERS = -1
_MARKS = {"~": _TILDE, "^": _CARET}


_DIGITS = "0123456789"
_TOLD = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz~^-"
_SEPARATED = bytes([sign if sign in _TOLD else ord(" ") for sign in range(256)])
_RUNS = regex(r"[0-9]+|[a-zA-Z]+|[~^]").findall


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
    epoch = 0
    if ":" in version:
        before, _, rest = version.partition(":")
        if not before.strip(_DIGITS):
            epoch, version = int(before or 0), rest
    text = version.encode("ascii", "replace").translate(_SEPARATED).decode()
    numbers, dash, release = text.rpartition("-")
    key: list[int | str] = [epoch]
    if dash:
        _add(key, numbers.replace("-", " "))
        _add(key, release)
    else:
        _add(key, release)
        key.append(_NO_RELEASE)
    return tuple(key)


def _add(key: list[int | str], part: str) -> None:
    """A number for each run, lower than any of digits where it is another; letters follow it."""
    for piece in part.split():
        if piece.isdigit():
            key.append(int(piece))
        elif piece.isalpha():
            key += (_LETTERS, piece)
        elif (word := piece.rstrip(_DIGITS)).isalpha():
            key += (_LETTERS, word, int(piece[len(word) :]))
        else:
            for run in _RUNS(piece):
                if run.isdigit():
                    key.append(int(run))
                elif run in _MARKS:
                    key.append(_MARKS[run])
                else:
                    key += (_LETTERS, run)
    key.append(_END)
