"""Versions of Dart packages: semantic ones, whose build metadata has a say.

Specification: https://dart.dev/tools/pub/versioning, and ``Version`` of
https://github.com/dart-lang/pub_semver
"""

from re import compile as regex

from hullmark.model import ParseError
from hullmark.unit import scheme
from hullmark.versions.semver import RELEASE, Identifiers, signed_identifiers

_IDENTIFIERS = r"([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)"
_VERSION = regex(rf"([0-9]+)\.([0-9]+)\.([0-9]+)(?:-{_IDENTIFIERS})?(?:\+{_IDENTIFIERS})?\Z").match
_MAX_NUMBER = 2**63 - 1
"""Dart's numbers have 64 bits; an identifier of more digits is a word to it."""

Key = tuple[int, int, int, Identifiers, Identifiers]


@scheme(
    id="pub",
    ordered=(
        *(
            "0.9.0",
            "1.0.0--2",
            "1.0.0-1",
            "1.0.0-9223372036854775808",
            "1.0.0-a",
            "1.0.0-a+1",
            "1.0.0-a.1",
            "1.0.0",
            "1.0.0+1",
            "1.0.0+2",
        ),
        *("1.0.0+10", "1.0.0+a", "1.0.0+a.1", "1.0.1", "1.10.0"),
    ),
    equal=(("01.2.3", "1.2.3"), ("1.0.0-01", "1.0.0-1")),
    invalid=(
        "",
        "1",
        "1.0",
        "1.0.0.0",
        "v1.0.0",
        "1.0.0-",
        "1.0.0+",
        "1.0.0-a..b",
        "9223372036854775808.0.0",
    ),
)
def pub(version: str) -> Key:
    """As semver; of two versions alike, that with a build goes last, builds as pre-releases do.

    Identifiers are numbers where Dart reads one (``-2``), but for hexadecimal ones.
    """
    match = _VERSION(version)
    if match is None:
        raise ParseError(version[:100], "no version of pub")
    major, minor, patch, pre, build = match.groups()
    numbers = int(major), int(minor), int(patch)
    if max(numbers) > _MAX_NUMBER:
        raise ParseError(version[:100], "no version of pub")
    return (
        *numbers,
        signed_identifiers(pre, _MAX_NUMBER) if pre else RELEASE,
        signed_identifiers(build, _MAX_NUMBER) if build else (),
    )
