"""Versions of Python packages.

Specification: https://packaging.python.org/en/latest/specifications/version-specifiers/
What it refuses is ordered as setuptools did before release 66: before all valid versions.
"""

from re import ASCII, IGNORECASE, VERBOSE
from re import compile as regex

from hullmark.model import ParseError
from hullmark.unit import scheme

_USUAL = regex(r"([0-9]+(?:\.[0-9]+)*)(?:\.?(a|b|rc|post|dev)([0-9]+))?\Z").match
_VERSION = regex(
    r"""
    v? (?:([0-9]+)!)?                                               # epoch
    ([0-9]+(?:\.[0-9]+)*)                                           # release
    (?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?([0-9]*))?      # pre-release
    (?:-([0-9]+)|[-_.]?(post|rev|r)[-_.]?([0-9]*))?                 # post-release
    (?:[-_.]?(dev)[-_.]?([0-9]*))?                                  # development release
    (?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?\Z                         # local version
    """,
    VERBOSE | IGNORECASE | ASCII,
).match
_LEGACY_PARTS = regex(r"[0-9]+|[a-z]+|-|[^0-9a-z.-]+").findall
_SEPARATOR = regex(r"[-_.]").split

_ONLY_DEVELOPED = (0, 0)
_PHASES = {"a": 1, "alpha": 1, "b": 2, "beta": 2, "c": 3, "rc": 3, "pre": 3, "preview": 3}
_FINAL = (4, 0)
_NEVER_POST = -1
_NOT_DEVELOPED = (1, 0)
_LEGACY_NAMES = {"pre": "c", "preview": "c", "rc": "c", "-": "final-", "dev": "@"}

Local = tuple[tuple[int, int, str], ...]
Key = (
    tuple[int, tuple[int, ...], tuple[int, int], int, tuple[int, int], Local]
    | tuple[int, tuple[str, ...]]
)


@scheme(
    id="pep440",
    ordered=(
        *("dog", "1.0-foo", "2004d"),
        *("0.9", "1.0.dev1", "1.0a1.dev2", "1.0a1", "1.0a1.post1", "1.0b2", "1.0rc1", "1.0"),
        *("1.0+abc.5", "1.0+abc.7", "1.0+5", "1.0.post0.dev1", "1.0.post0", "1.0-1", "1.0.1"),
        *("1.10", "1!0.1"),
    ),
    equal=(
        ("1", "1.0.0"),
        ("v1.0", "0!01.0"),
        ("1.0-ALPHA.1", "1.0a1"),
        ("1.0c1", "1.0-preview_1"),
        ("1.0-2", "1.0.rev2"),
        ("1.0dev", "1.0.dev0"),
        ("1.0+Ubuntu-1", "1.0+ubuntu.1"),
        (" 1.0\n", "1.0"),
    ),
    invalid=("", "  "),
)
def pep440(version: str) -> Key:
    """Epoch, release, pre-release, post-release, development release and local version.

    Legacy versions (``2004d``, ``1.0-foo``) stand before all others, by the rules of setuptools:
    letters before numbers, ``dev`` before all letters, ``pre`` and ``rc`` as ``c``.
    """
    if usual := _USUAL(version):
        release = _release(usual[1])
        if usual.lastindex == 1:
            return 0, release, _FINAL, _NEVER_POST, _NOT_DEVELOPED, ()
        return 0, release, *_marked(usual[2], int(usual[3])), ()
    bare = version.strip()
    match = _VERSION(bare)
    if match is None:
        if not bare:
            raise ParseError(version[:100], "no version of pep440")
        return -1, _legacy(bare.lower())
    epoch, numbers, phase, number, only_post, post, post_number, dev, dev_number, local = (
        match.groups()
    )
    post_key = int(only_post or post_number or 0) if only_post or post else _NEVER_POST
    if phase:
        pre_key = (_PHASES[phase.lower()], int(number or 0))
    else:
        pre_key = _ONLY_DEVELOPED if dev and post_key == _NEVER_POST else _FINAL
    dev_key = (0, int(dev_number or 0)) if dev else _NOT_DEVELOPED
    return int(epoch or 0), _release(numbers), pre_key, post_key, dev_key, _local(local)


def _marked(word: str, number: int) -> tuple[tuple[int, int], int, tuple[int, int]]:
    """Pre-release, post-release and development release of what has one of them."""
    if word == "post":
        return _FINAL, number, _NOT_DEVELOPED
    if word == "dev":
        return _ONLY_DEVELOPED, _NEVER_POST, (0, number)
    return (_PHASES[word], number), _NEVER_POST, _NOT_DEVELOPED


def _release(text: str) -> tuple[int, ...]:
    """Numbers without the zeros at their end."""
    numbers = [*map(int, text.split("."))]
    while numbers and not numbers[-1]:
        del numbers[-1]
    return tuple(numbers)


def _local(text: str | None) -> Local:
    """Words before numbers; none at all is before both."""
    if not text:
        return ()
    return tuple(
        (1, int(part), "") if part.isdigit() else (0, 0, part) for part in _SEPARATOR(text.lower())
    )


def _legacy(version: str) -> tuple[str, ...]:
    """Numbers of eight digits and words after a star, which sort as text."""
    key: list[str] = []
    for part in (*_LEGACY_PARTS(version), "final"):
        if part[0].isdigit() and part[0].isascii():
            key.append(part.zfill(8))
            continue
        word = f"*{_LEGACY_NAMES.get(part, part)}"
        if word < "*final":
            while key and key[-1] == "*final-":
                del key[-1]
        while key and key[-1] == "00000000":
            del key[-1]
        key.append(word)
    return tuple(key)
