"""Versions of Bitnami's packages: semantic ones with a revision.

Behaviour: https://github.com/bitnami/go-version
"""

from re import compile as regex

from hullmark.model import ParseError
from hullmark.unit import scheme
from hullmark.versions.semver import RELEASE, Identifiers, identifiers

_NUMBER = r"(0|[1-9][0-9]*)"
_VERSION = regex(
    rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?"
    r"(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?\Z"
).match

Key = tuple[int, int, int, Identifiers, int]


@scheme(
    id="bitnami",
    ordered=(
        "0.9.0",
        "1.0.0-rc.1",
        "1.0.0-rc.2",
        "1.0.0",
        "1.0.0-1",
        "1.0.0-2",
        "1.0.0-10",
        "1.0.1",
    ),
    equal=(("1.0.0", "1.0.0-0"), ("1.0.0-1+a", "1.0.0-1"), ("1.0.0-01", "1.0.0-1")),
    invalid=("", "1", "1.0", "1.0.0.0", "v1.0.0", "01.0.0", "1.0.0-", "1.0.0-a..b"),
)
def bitnami(version: str) -> Key:
    """As semver, but for a lone number after the hyphen: it counts revisions of the release."""
    match = _VERSION(version)
    if match is None:
        raise ParseError(version[:100], "no version of bitnami")
    major, minor, patch, rest = match.groups("")
    numbers = int(major), int(minor), int(patch)
    if rest.isdigit():
        return *numbers, RELEASE, int(rest)
    return *numbers, identifiers(rest) if rest else RELEASE, 0
