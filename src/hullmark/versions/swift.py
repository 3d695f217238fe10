"""Versions of Swift packages: the tags of their repositories that Swift's package manager takes.

Behaviour: ``Version(versionString:usesLenientParsing:)`` of
https://github.com/swiftlang/swift-tools-support-core
"""

from re import compile as regex

from hullmark.model import ParseError
from hullmark.unit import scheme
from hullmark.versions.semver import RELEASE, Key, signed_identifiers

_VERSION = regex(
    r"v?([0-9]+)\.([0-9]+)(?:\.([0-9]+))?(?:-([0-9A-Za-z.-]*))?(?:\+[0-9A-Za-z.-]*)?\Z"
).match
_MAX_NUMBER = 2**63 - 1
"""Swift's numbers have 64 bits; an identifier of more digits is a word to it."""


@scheme(
    id="swift",
    ordered=(
        *("0.9.0", "1.0.0--2", "1.0.0-2", "v1.0.0-11", "1.0.0-", "1.0.0-9223372036854775808"),
        *("1.0.0-a", "1.0.0-a.1", "1.0.0-a.b", "1.0.0-beta", "v1.0.0", "1.0.1", "1.2", "1.10.0"),
        *("v2.0.0-rc.1+build.5", "2.0"),
    ),
    equal=(("1.0.0", "v1.0.0+a"), ("1.2", "v1.2.0"), ("01.2.3", "1.2.3"), ("1.0.0-01", "1.0.0-1")),
    invalid=("", "1", "v1", "V1.0.0", "1.0.0.0", "1.0.0-a_b", "1..0", "9223372036854775808.0.0"),
)
def swift(version: str) -> Key:
    """As semver, but with ``v`` in front or without the third number, as tags are written.

    Identifiers are numbers wherever Swift reads one (``01``, ``-2``), and may be empty.
    """
    match = _VERSION(version)
    if match is None:
        raise ParseError(version[:100], "no version of swift")
    major, minor, patch = int(match[1]), int(match[2]), int(match[3] or 0)
    if major > _MAX_NUMBER or minor > _MAX_NUMBER or patch > _MAX_NUMBER:
        raise ParseError(version[:100], "no version of swift")
    pre = match[4]
    return major, minor, patch, RELEASE if pre is None else signed_identifiers(pre, _MAX_NUMBER)
