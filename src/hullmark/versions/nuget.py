"""Versions of NuGet packages.

Specification: https://learn.microsoft.com/nuget/concepts/package-versioning
"""

from re import compile as regex

from hullmark.model import ParseError
from hullmark.unit import scheme
from hullmark.versions.semver import RELEASE, Identifiers, signed_identifiers

_VERSION = regex(
    r"\s*([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?(?:\.([0-9]+))?"
    r"(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?\s*\Z"
).match
_MAX_NUMBER = 2**31 - 1
"""NuGet's numbers have 32 bits; a label of more digits is a word to it."""

Key = tuple[int, int, int, int, Identifiers]


@scheme(
    id="nuget",
    ordered=(
        *("0.9", "1.0.0-1", "1.0.0-2", "1.0.0-10", "1.0.0-20200101123456", "1.0.0-alpha"),
        *("1.0.0-ALPHA.1", "1.0.0-beta", "1.0.0-rc.2", "1.0.0-rc.10", "1.0.0-rc10", "1.0.0-rc2"),
        *("1.0.0", "1.0.0.1", "1.0.1", "1.10"),
    ),
    equal=(
        ("1", "1.0.0.0"),
        ("1.0-Beta", "1.0.0-beta"),
        ("1.01.1", "1.1.1"),
        ("1.0+a", "1.0"),
        ("1.0-01", "1.0-1"),
    ),
    invalid=("", "v1", "1.0.0.0.0", "1.0-", "1.0-a..b", "1.x", "2147483648.0"),
)
def nuget(version: str) -> Key:
    """Up to four numbers and the labels of a pre-release, whose case does not matter."""
    match = _VERSION(version)
    if match is None:
        raise ParseError(version[:100], "no version of nuget")
    one, two, three, four, labels = match.groups("")
    numbers = int(one), int(two or 0), int(three or 0), int(four or 0)
    if max(numbers) > _MAX_NUMBER:
        raise ParseError(version[:100], "no version of nuget")
    return *numbers, signed_identifiers(labels.lower(), _MAX_NUMBER) if labels else RELEASE
