"""Semantic versions: crates.io, and whatever else keeps to the letter of it.

Specification: https://semver.org/spec/v2.0.0.html
"""

from re import compile as regex

from hullmark.model import ParseError
from hullmark.unit import scheme

IDENTIFIER = r"(?:(?!0[0-9]++(?![A-Za-z-]))[0-9A-Za-z-]++)"
"""Letters, digits and hyphens, but no number with a zero in front."""

_VERSION = regex(
    r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)"
    rf"(?:-({IDENTIFIER}(?:\.{IDENTIFIER})*))?"
    r"(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?\Z"
).match

Identifiers = tuple[tuple[int, int | str], ...]
Key = tuple[int, int, int, Identifiers]

RELEASE: Identifiers = ((2, 0),)
"""In the place of a pre-release's identifiers where there is none: after all of them."""


@scheme(
    id="semver",
    ordered=(
        *("0.9.0", "1.0.0-0", "1.0.0-2", "1.0.0-11", "1.0.0--", "1.0.0-2a", "1.0.0-a", "1.0.0-a.1"),
        *("1.0.0-a.b", "1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0-rc.1+build.5"),
    ),
    equal=(("1.0.0", "1.0.0+a"), ("1.0.0-a+1", "1.0.0-a+02.b")),
    invalid=("", "1", "1.0", "1.0.0.0", "v1.0.0", "01.0.0", "1.0.0-01", "1.0.0-", "1.0.0-a..b"),
)
def semver(version: str) -> Key:
    """Three numbers and the identifiers of a pre-release; build metadata has no say."""
    return semantic(version, "semver")


def semantic(version: str, scheme: str) -> Key:
    """The key of a semantic version; ``scheme`` is who refuses what is none."""
    match = _VERSION(version)
    if match is None:
        raise ParseError(version[:100], f"no version of {scheme}")
    major, minor, patch, pre = match.groups()
    return int(major), int(minor), int(patch), identifiers(pre) if pre else RELEASE


def identifiers(text: str) -> Identifiers:
    """Numbers go before words; of two that begin alike, the shorter goes first."""
    if "." not in text:
        return ((0, int(text)) if text.isdigit() else (1, text),)
    return tuple([(0, int(part)) if part.isdigit() else (1, part) for part in text.split(".")])


def signed_identifiers(text: str, largest: int) -> Identifiers:
    """Numbers go before words, where a hyphen makes a number negative.

    What is no whole number up to ``largest`` (and one more below zero) is a word.
    """
    return tuple(
        [
            (0, int(part))
            if (part.isdigit() or (part[:1] == "-" and part[1:].isdigit()))
            and -largest <= int(part) + 1 <= largest + 1
            else (1, part)
            for part in text.split(".")
        ]
    )
