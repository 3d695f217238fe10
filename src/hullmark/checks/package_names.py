"""Names of packages that are mistaken for those that everybody knows.

What attackers do with such names: https://attack.mitre.org/techniques/T1195/001/
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from re import compile as regex

from hullmark.checks.known_packages import KNOWN
from hullmark.checks.popular_packages import POPULAR
from hullmark.model import Finding, Kind, Package, Rule, Severity
from hullmark.model.phrases import shortened
from hullmark.model.rule import Confidence, found_in

RULE = Rule(
    id="typosquatted-package",
    title="Name looks like that of a well-known package",
    kind=Kind.MALWARE,
    severity=Severity.MEDIUM,
    why="Attackers publish packages under names that differ in a letter from those that everybody "
    "installs, and wait for slips. What they publish works like the one that was meant, and does "
    "more. A name is no proof: some are like another by chance.",
    remediation="Look at the name letter by letter. Where it was a slip, ask for the package that "
    "was meant, and rotate what this one could reach.",
    references=("https://attack.mitre.org/techniques/T1195/001/",),
    confidence=Confidence.POSSIBLE,
)

MAX_FOUND = 1000
"""Of one artifact; a few are many."""

MAX_NAME_CHARS = 80
"""Popular names have 50 at most: what is longer is no slip of one."""

LEAST_CHARS = 5
"""How long a name is of which others are imitations: shorter ones are a letter from anything."""

LEAST_REPLACED_CHARS = 8
"""How long it is where another letter stands for one of its own."""

LEAST_SPLIT_CHARS = 8
"""How long it is where hyphens are left out or added."""

_separators = regex(r"[-_.]+").sub
_GLYPHS = str.maketrans(
    "0135\u0430\u0435\u043e\u0440\u0441\u0445\u0443\u0456\u0455\u0501\u03bf\u03b1\u0131\u0261",
    "olesaeopcxyisdoaig",
)
"""Digits and letters of Cyrillic, Greek and others that are drawn as Latin letters are."""

_AROUND: Mapping[str, tuple[str, ...]] = {
    "pypi": ("python-", "python3-", "py-", "-python", "-py"),
    "npm": ("node-", "-node", "nodejs-", "-js", "js-", ".js"),
    "gem": ("ruby-", "-ruby", "-gem"),
    "cargo": ("rust-", "-rs", "-rust"),
    "golang": (),
}
"""What imitations put before or behind a name."""


def lookalikes(packages: Iterable[Package]) -> Iterator[Finding]:
    """A finding for each package whose name is nearly a popular one of its registry."""
    count = 0
    for package in packages:
        meant = imitated(package.type, package.full_name) if package.type in POPULAR else ""
        if meant:
            name = shortened(package.full_name, MAX_NAME_CHARS)
            yield found_in(package, RULE, f"the name {name!r} looks like {meant!r}")
            count += 1
            if count == MAX_FOUND:
                return


@cache
def _index(type: str) -> "_Index":
    return _Index(type)


def imitated(type: str, name: str) -> str:
    """The popular package of a registry that a name imitates; empty for none."""
    if len(name) > MAX_NAME_CHARS:
        return ""
    return _index(type).imitated(normal(type, name))


def normal(type: str, name: str) -> str:
    """The form in which a registry compares names."""
    name = name.lower()
    if type == "pypi":
        return _separators("-", name)
    if type == "cargo":
        return name.replace("_", "-")
    if type == "golang":
        head, _, last = name.rpartition("/")
        return head if head and last[:1] == "v" and last[1:].isdecimal() else name
    return name


class _Index:
    """Popular names of one registry, and every form that one slip makes of them."""

    def __init__(self, type: str) -> None:
        self._around = _AROUND[type]
        self._swaps = type == "pypi"
        self._popular = POPULAR[type]
        self._known = KNOWN.get(type, frozenset())
        self._dropped: dict[str, str] = {}
        self._swapped: dict[str, str] = {}
        self._replaced: dict[str, str] = {}
        self._joined: dict[str, str] = {}
        self._drawn: dict[str, str] = {}
        self._inside: dict[str, str] = {}
        for name in sorted(self._popular):
            self._add(name)

    def imitated(self, name: str) -> str:
        """The popular name that this one is a slip of."""
        if name in self._popular or name in self._known:
            return ""
        found = (
            self._drawn.get(_drawn(name))
            or self._swapped.get(name)
            or self._doubled(name)
            or self._dropped.get(name)
            or self._joined.get(_separators("", name))
            or self._surrounded(name)
            or self._other_letter(name)
        )
        return found or ""

    def _add(self, name: str) -> None:
        size = len(name)
        if size < LEAST_CHARS:
            return
        self._drawn.setdefault(_drawn(name), name)
        if self._swaps:
            self._inside.update(dict.fromkeys(self._without_affix(name), name))
        if size >= LEAST_SPLIT_CHARS:
            self._joined.setdefault(_separators("", name), name)
        for at in range(size):
            if at and size > LEAST_CHARS:
                self._dropped.setdefault(name[:at] + name[at + 1 :], name)
            if size >= LEAST_REPLACED_CHARS and name[at].isalpha():
                self._replaced.setdefault(f"{name[:at]}?{name[at + 1 :]}", name)
            if at:
                other = name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :]
                self._swapped.setdefault(other, name)

    def _doubled(self, name: str) -> str:
        """A letter said twice."""
        for at in range(1, len(name)):
            once = name[:at] + name[at + 1 :]
            if name[at] == name[at - 1] and len(once) >= LEAST_CHARS and once in self._popular:
                return once
        return ""

    def _surrounded(self, name: str) -> str:
        """A popular name with more around it, or with something else around it."""
        for rest in self._without_affix(name):
            if len(rest) >= LEAST_CHARS:
                found = rest if rest in self._popular else self._inside.get(rest)
                if found:
                    return found
        return ""

    def _without_affix(self, name: str) -> Iterator[str]:
        for each in self._around:
            rest = name.removesuffix(each) if each[0] in "-." else name.removeprefix(each)
            if rest != name:
                yield rest

    def _other_letter(self, name: str) -> str:
        for at in range(len(name)):
            if name[at].isalpha():
                found = self._replaced.get(f"{name[:at]}?{name[at + 1 :]}")
                if found:
                    return found
        return ""


def _drawn(name: str) -> str:
    """The name as the eye sees it."""
    return name.translate(_GLYPHS).replace("rn", "m").replace("vv", "w").replace("i", "l")
