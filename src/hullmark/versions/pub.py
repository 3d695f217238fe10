"""Versions of Dart packages: semantic ones, whose build metadata has a say.

Specification: https://dart.dev/tools/pub/versioning
"""

from re import compile as regex

from hullmark.model import ParseError
from hullmark.unit import scheme
from hullmark.versions.semver import RELEASE, Identifiers, identifiers

_IDENTIFIERS = r"([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)"
_VERSION = regex(rf"([0-9]+)\.([0-9]+)\.([0-9]+)(?:-{_IDENTIFIERS})?(?:\+{_IDENTIFIERS})?\Z").match

Key = tuple[int, int, int, Identifiers, Identifiers]


@scheme(
    id="pub",
    ordered=(
        *("0.9.0", "1.0.0-1", "1.0.0-a", "1.0.0-a+1", "1.0.0-a.1", "1.0.0", "1.0.0+1", "1.0.0+2"),
        *("1.0.0+10", "1.0.0+a", "1.0.0+a.1", "1.0.1", "1.10.0"),
    ),
    equal=(("01.2.3", "1.2.3"), ("1.0.0-01", "1.0.0-1")),
    invalid=("", "1", "1.0", "1.0.0.0", "v1.0.0", "1.0.0-", "1.0.0+", "1.0.0-a..b"),
)
def pub(version: str) -> Key:
    """As semver; of two versions alike, that with a build goes last, builds as pre-releases do."""
    match = _VERSION(version)
    if match is None:
        raise ParseError(version[:100], "no version of pub")
    major, minor, patch, pre, build = match.groups()
    return (
        int(major),
        int(minor),
        int(patch),
        identifiers(pre) if pre else RELEASE,
        identifiers(build) if build else (),
    )
