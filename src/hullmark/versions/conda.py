"""Versions of conda's packages.

Specification: https://docs.conda.io/projects/conda/en/stable/user-guide/concepts/pkg-specs.html
(version ordering) and conda's ``VersionOrder``
"""

from re import compile as regex

from hullmark.model import ParseError
from hullmark.unit import scheme

Component = tuple[int | str, ...]
Components = tuple[int | Component, ...]

_VERSION = regex(r"(?:([0-9]+)!)?([0-9a-z._]+)(?:\+([0-9a-z._]+))?").fullmatch
_USUAL = regex(r"([0-9]+(?:\.[0-9]+)*)(?:(\.?)([a-z]+)([0-9]*))?\Z").match
_RUNS = regex(r"([0-9]*)([a-z_]*)").findall
_END, _POST = "~", "~~"
_WORDS = {"": _END, "dev": "DEV", "post": _POST}
"""The end of a component counts as a zero behind all text but ``post``."""

_ZERO: Component = (0, _END)
_LOWER, _LAST, _HIGHER = 0, 1, 2


@scheme(
    id="conda",
    ordered=(
        *("0.4", "0.4.1.rc", "0.4.1", "0.5a1", "0.5C1", "0.5", "0.9.6", "1.a", "1.0.a", "1"),
        *("1.0.0.1", "1.0.1dev1", "1.0.1_"),
        *("1.0.1a", "1.0.1+local", "1.0.1", "1.0.1+1", "1.0.1.post1", "1.0.1post1", "1.0.2"),
        *("1996.07.12", "1!0.4.1"),
    ),
    equal=(
        *(("1.1", "1.1.0"), ("1.1.dev1", "1.1.0DEV1"), ("1-1", "1_1"), ("1.0", "0!1+0")),
        *(("1", " 1 "), ("1._", "1__"), ("1a", "1a0")),
    ),
    invalid=(
        "",
        "1..2",
        "1-2_3",
        "a!1",
        "1!",
        "1+",
        "+1",
        "1+2+3",
        "1.",
        ".1",
        "1.*",
        "_1",
        "1\u0660",
    ),
)
def conda(version: str) -> tuple[int, Components, Components]:
    """Epoch, version and local version; missing numbers are zeros and text sorts before them.

    conda also orders stars, which stand in matches and in no version; they are refused.
    """
    if usual := _USUAL(version):
        return 0, _usual(*usual.groups()), (_LAST,)
    text = version.strip().lower()
    if "-" in text and "_" not in text:
        text = text.replace("-", "_")
    match = _VERSION(text)
    epoch, numbers, local = match.groups() if match else ("", "", "")
    split = numbers.removesuffix("_").replace("_", ".").split(".")
    if numbers.endswith("_"):
        split[-1] += "_"
    locally = local.replace("_", ".").split(".") if local else []
    if not all(split) or not all(locally):
        raise ParseError(version[:100], "no version of conda")
    return int(epoch or 0), _components(split), _components(locally)


def _usual(numbers: str, dot: str, word: str, count: str) -> Components:
    """The components of numbers, and of one word with its number."""
    key: list[int | Component] = []
    zeros = 0
    listed = [*map(int, numbers.split("."))]
    first = listed.pop() if word and not dot else 0
    for number in listed:
        if number:
            key += (_HIGHER, -zeros, (number, _END))
            zeros = 0
        else:
            zeros += 1
    if word:
        component: Component = (first, _WORDS.get(word, word), int(count or 0), _END)
        key += (_HIGHER, -zeros) if component > _ZERO else (_LOWER, zeros)
        key.append(component)
    key.append(_LAST)
    return tuple(key)


def _components(split: list[str]) -> Components:
    """Components behind the number of zeros before them, so that zeros at the end do not count.

    More zeros make what is lower than zero come later, what is higher come sooner.
    """
    key: list[int | Component] = []
    zeros = 0
    for text in split:
        component = _component(text)
        if component == _ZERO:
            zeros += 1
            continue
        key += (_HIGHER, -zeros, component) if component > _ZERO else (_LOWER, zeros, component)
        zeros = 0
    key.append(_LAST)
    return tuple(key)


def _component(text: str) -> Component:
    """Numbers and text by turns, a number first; at the end a zero."""
    if text.isdigit():
        return (int(text), _END)
    key: list[int | str] = []
    for digits, word in _RUNS(text):
        key += (int(digits or 0), _WORDS.get(word, word))
        if not word:
            break
    return tuple(key)
