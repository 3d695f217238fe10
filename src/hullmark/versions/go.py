"""Versions of Go modules and of Go itself.

Modules: https://go.dev/ref/mod#versions. Toolchains: https://go.dev/doc/toolchain#version
"""

from re import compile as regex

from hullmark.model import ParseError
from hullmark.unit import scheme
from hullmark.versions.semver import IDENTIFIER, RELEASE, Identifiers, Key, identifiers

_NUMBER = r"(0|[1-9][0-9]*)"
_MODULE = regex(
    rf"v?{_NUMBER}\.{_NUMBER}\.{_NUMBER}(?:-({IDENTIFIER}(?:\.{IDENTIFIER})*))?"
    r"(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?\Z"
).match
_SHORT = regex(rf"v{_NUMBER}(?:\.{_NUMBER})?\Z").match
_TOOLCHAIN = regex(
    rf"(?:go)?{_NUMBER}(?:\.{_NUMBER}(?:\.{_NUMBER}|(alpha|beta|rc){_NUMBER})?)?\Z"
).match
_AFTER_TOOLCHAIN = regex(r"(go[^ \t-]*)[ \t-]").match

_LANGUAGE: Identifiers = ()
_FIRST_WITH_PATCH = (1, 21)
"""Since then 1.21 is the language, before its first candidate; 1.20 is its first release."""


@scheme(
    id="go",
    ordered=(
        *("v0.0.0-20190101000000-abcdefabcdef", "v0.0.0-20200101000000-000000000000", "v0.0.0"),
        *("go1", "1.2.2", "1.20rc1", "1.20", "1.20.1", "1.21", "1.21.0-0", "go1.21rc2"),
        *("1.21rc10", "1.21.0", "go1.21.3", "v1.21.4-0.20200101000000-000000000000", "v2.0.0-a"),
        *("v2.0.0+incompatible", "v2.0.1"),
    ),
    equal=(
        ("v1.2.3", "1.2.3"),
        ("v1.2", "v1.2.0"),
        ("1.20", "go1.20.0"),
        ("1.21rc2", "v1.21.0-rc.2"),
        ("go1.21.3-custom", "1.21.3"),
        ("go1.21.3 X:loopvar", "1.21.3"),
        ("v2.0.0", "v2.0.0+incompatible"),
    ),
    invalid=("", "v", "(devel)", "v1.2.3.4", "v1.02.3", "v1.2-a", "1.21.0rc1", "go", "v1.2.3-01"),
)
def go(version: str) -> Key:
    """As semver, ``v`` or not; releases of Go (``1.21rc2``) as semver would write them.

    What follows a hyphen or a space after ``go1.21.3`` names a build of it and is left out.
    """
    match = _MODULE(version)
    if match:
        major, minor, patch, pre = match.groups()
        return int(major), int(minor), int(patch), identifiers(pre) if pre else RELEASE
    if short := _SHORT(version):
        return int(short[1]), int(short[2] or 0), 0, RELEASE
    return _toolchain(version)


def _toolchain(version: str) -> Key:
    """The place of a release of Go among semantic versions."""
    named = _AFTER_TOOLCHAIN(version)
    match = _TOOLCHAIN(named[1] if named else version)
    if match is None:
        raise ParseError(version[:100], "no version of go")
    major, minor, patch, phase, number = match.groups()
    numbers = int(major), int(minor or 0)
    if phase:
        return *numbers, 0, ((1, phase), (0, int(number)))
    if patch is None and numbers >= _FIRST_WITH_PATCH:
        return *numbers, 0, _LANGUAGE
    return *numbers, int(patch or 0), RELEASE
