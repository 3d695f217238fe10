"""Versions of PHP packages: what Composer makes of them, in the order of PHP.

Behaviour: https://getcomposer.org/doc/articles/versions.md, https://www.php.net/version_compare
"""

from re import ASCII, IGNORECASE, Match
from re import compile as regex

from hullmark.model import ParseError
from hullmark.unit import scheme

_USUAL = regex(
    r"v?([0-9]{1,5}+)\.([0-9]++)(?:\.([0-9]++))?(?:\.([0-9]++))?"
    r"[._-]?(?:(alpha|beta|stable|RC|rc|a|b|patch|pl|p)(?:[.-]?([0-9]++))?)?([.-]?dev)?\Z"
).match
_STABILITY = r"[._-]?(?:(stable|beta|b|rc|alpha|a|patch|pl|p)((?:[.-]?[0-9]+)*+)?)?([.-]?dev)?\Z"
_NUMBERED = regex(
    rf"v?([0-9]{{1,5}}+)(\.[0-9]++)?(\.[0-9]++)?(\.[0-9]++)?{_STABILITY}", IGNORECASE | ASCII
).match
_DATED = regex(
    rf"v?([0-9]{{4}}(?:[.:-]?[0-9]{{2}}){{1,6}}(?:[.:-]?[0-9]{{1,3}}){{0,2}}){_STABILITY}",
    IGNORECASE | ASCII,
).match
_BRANCH = regex(
    r"v?([0-9]++)(?:\.([0-9]++|[x*]))?(?:\.([0-9]++|[x*]))?(?:\.([0-9]++|[x*]))?[.-]?dev\Z",
    IGNORECASE | ASCII,
).match
_ALIASED = regex(r"([^,\s]++) ++as ++[^,\s]++\Z").match
_FLAGGED = regex(r"@(?:stable|rc|beta|alpha|dev)\Z", IGNORECASE | ASCII).search
_BUILT = regex(r"([^,\s+]++)\+\S++\Z").match
_DIGITS = regex(r"[0-9]+").findall

_BRANCH_NAMES = ("master", "trunk", "default")
_ANY_NUMBER = 9_999_999
"""What Composer puts where a branch has ``x``, so that it goes after all its releases."""

_NAMED = -1
_DEV, _ALPHA, _BETA, _CANDIDATE, _END, _FIRST_NUMBER = range(6)
_PATCH = float("inf")
_PHASES = {
    "alpha": _ALPHA,
    "a": _ALPHA,
    "beta": _BETA,
    "b": _BETA,
    "rc": _CANDIDATE,
    "patch": _PATCH,
    "pl": _PATCH,
    "p": _PATCH,
}

Key = tuple[float | str, ...]


@scheme(
    id="composer",
    ordered=(
        *("dev-feature", "dev-main", "0.9", "1.0-dev", "1.0-alpha"),
        *("1.0-alpha2", "1.0-beta1-dev", "1.0-beta1", "1.0-RC1", "1.0", "1.0-patch1", "1.0.0.1"),
        *("1.0.1", "1.0.x-dev", "1.10", "1.x-dev", "2.0", "2012-06-01", "20200101"),
    ),
    equal=(
        ("1", "v1.0.0.0"),
        ("1.0b2", "1.0.0-beta.2"),
        ("1.0-stable", "1.0+build"),
        ("1.0p1", "1.0.0-pl1"),
        ("1.0@dev", "1.0"),
        ("master", "dev-master"),
        ("dev-main as 1.0.x-dev", "DEV-main"),
        ("1.x-dev", "1.*.*.X-dev"),
    ),
    invalid=("", "1.2.3.4.5", "a", "1.0-foo", "feature-dev", "1.0 2", "x-dev"),
)
def composer(version: str) -> Key:
    """Four numbers or a date, a stability and whether it is in development.

    Branches by name (``dev-main``), which Composer does not order, go before all else by name.
    """
    if usual := _USUAL(version):
        return _usual(usual)
    text = _bare(version.strip())
    if text in _BRANCH_NAMES:
        return _NAMED, text
    if text[:4].lower() == "dev-":
        return _NAMED, text[4:]
    if "+" in text and (built := _BUILT(text)):
        text = built[1]
    if match := _NUMBERED(text):
        numbers = [int((group or ".0")[1:]) for group in match.groups()[1:4]]
        return _key([int(match[1]), *numbers], *match.groups()[4:])
    if match := _DATED(text):
        return _key([*map(int, _DIGITS(match[1]))], *match.groups()[1:])
    if branch := _BRANCH(text):
        return _key(_branch(branch.groups()), None, None, "dev")
    raise ParseError(version[:100], "no version of composer")


def _usual(match: Match[str]) -> Key:
    """The key of numbers, and of a stability with a number of its own."""
    one, two, three, four, phase, count, dev = match.groups()
    key: list[float | str] = [
        _FIRST_NUMBER + int(one),
        _FIRST_NUMBER + int(two),
        _FIRST_NUMBER + int(three or 0),
        _FIRST_NUMBER + int(four or 0),
    ]
    if phase == "stable":
        dev = None
    elif phase:
        key.append(_PHASES[phase.lower()])
        if count:
            key.append(_FIRST_NUMBER + int(count))
    if dev:
        key.append(_DEV)
    key.append(_END)
    return tuple(key)


def _bare(text: str) -> str:
    """Without an alias and without a flag that says which stability is allowed."""
    if " as " in text and (aliased := _ALIASED(text)):
        text = aliased[1]
    if "@" in text and (flag := _FLAGGED(text)):
        text = text[: flag.start()]
    return text


def _branch(groups: tuple[str | None, ...]) -> list[int]:
    """The numbers of ``1.2.x-dev``; those that are left out are any."""
    return [_ANY_NUMBER if not group or group in "xX*" else int(group) for group in groups]


def _key(numbers: list[int], phase: str | None, count: str | None, dev: str | None) -> Key:
    """One number for each part: words before the end, other numbers after it, patches last."""
    key: list[float | str] = [_FIRST_NUMBER + number for number in numbers]
    if phase and phase.lower() == "stable":
        return *key, _END
    if phase:
        key.append(_PHASES[phase.lower()])
        key.extend(_FIRST_NUMBER + int(number) for number in _DIGITS(count or ""))
    if dev:
        key.append(_DEV)
    return *key, _END
