"""Versions of npm packages: semantic ones, read as loosely as npm reads them.

Behaviour: https://github.com/npm/node-semver#versions
"""

from re import compile as regex

from hullmark.model import ParseError
from hullmark.unit import scheme
from hullmark.versions.semver import RELEASE, Key, identifiers

IDENTIFIERS = r"(?:[0-9]*[A-Za-z-][0-9A-Za-z-]*|[0-9]+)"
PRE_RELEASE = rf"-?({IDENTIFIERS}(?:\.{IDENTIFIERS})*)"
BUILD = r"\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*"
MAX_NUMBER = 2**53 - 1
"""The largest whole number that JavaScript holds exactly; npm refuses what is above."""

_VERSION = regex(rf"[v=\s]*([0-9]+)\.([0-9]+)\.([0-9]+)(?:{PRE_RELEASE})?(?:{BUILD})?\s*\Z").match


@scheme(
    id="npm",
    ordered=(
        *("0.9.0", "1.0.0-0", "1.0.0-2", "1.0.0-11", "1.0.0-a", "1.0.0-a.1", "1.0.0-a.b"),
        *("v1.0.0", "=1.0.1", "1.2.3-5.6", "1.2.3", "1.2.34-5.6", "1.2.34", "1.10.0"),
    ),
    equal=(
        ("1.0.0", " v1.0.0 "),
        ("1.0.0", "= v1.0.0+a"),
        ("1.2.3-beta", "1.2.3beta"),
        ("01.02.03-01", "1.2.3-1"),
        ("1.2.34.5", "1.2.3-4.5"),
    ),
    invalid=("", "1", "1.0", "1.0.0.0", "1.x.0", "1.0.0+", "1.0.0-a..b", "9007199254740992.0.0"),
)
def npm(version: str) -> Key:
    """As semver, with ``v`` or ``=`` in front, zeros before numbers, no hyphen before letters.

    Where a fourth number follows, the last digit of the third begins a pre-release, as in npm:
    ``1.2.34.5`` is ``1.2.3-4.5``.
    """
    match = _VERSION(version)
    if match is None:
        raise ParseError(version[:100], "no version of npm")
    major, minor, patch = int(match[1]), int(match[2]), int(match[3])
    if major > MAX_NUMBER or minor > MAX_NUMBER or patch > MAX_NUMBER:
        raise ParseError(version[:100], "no version of npm")
    pre = match[4]
    return major, minor, patch, identifiers(pre) if pre else RELEASE
