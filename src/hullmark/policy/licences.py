"""Licences of packages, held against lists of what may be used.

docs/licences.md describes the lists and what goes before what.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from re import compile as regex

from msgspec import Struct
from msgspec.structs import replace

from hullmark.licences import spdx
from hullmark.licences.categories import CATEGORIES, categories
from hullmark.licences.evaluation import evaluated
from hullmark.licences.expression import MalformedError
from hullmark.model import (
    Finding,
    Gap,
    Kind,
    Package,
    PolicyError,
    Report,
    Rule,
    Severity,
)
from hullmark.model.finding import by_weight
from hullmark.model.rule import found_in

UNIT = "licences"
"""The unit of gaps in what is known of licences."""

MAX_ENTRIES = 10_000
"""Ours, of all lists; the SPDX License List has some 700 licences."""

MAX_PATTERNS = 200
"""Ours, of entries with a ``*``: each is held against every licence."""

SHOWN_CHARS = 200
"""Of an expression in a finding; Debian's go to thousands."""

SHOWN_NAMES = 3
CATEGORY = "category:"
LISTS = ("deny", "review", "allow")
"""In the order that counts where two lists name a licence equally exactly."""

_REMEDIATION = "Replace the package, get another licence for it, or accept it under ignore."
_REFERENCES = ("https://spdx.org/licenses/",)
DENIED = Rule(
    id="denied-licence",
    title="Licence is denied",
    kind=Kind.LICENCE,
    severity=Severity.HIGH,
    why="The licence of a package is on the list of those that may not be used.\n\nOf a choice "
    "(OR) every licence is denied; of licences that hold together (AND) one is.",
    remediation=_REMEDIATION,
    references=_REFERENCES,
)
TO_REVIEW = Rule(
    id="licence-to-review",
    title="Licence is to be reviewed",
    kind=Kind.LICENCE,
    severity=Severity.MEDIUM,
    why="The licence of a package is on the list of those that somebody must look at before use.",
    remediation=_REMEDIATION,
    references=_REFERENCES,
)
UNLISTED = Rule(
    id="unlisted-licence",
    title="Licence is not among those allowed",
    kind=Kind.LICENCE,
    severity=Severity.MEDIUM,
    why="There is a list of licences that may be used, and no list names this one.",
    remediation="Put the licence on a list. " + _REMEDIATION,
    references=_REFERENCES,
)
UNRECOGNISED = Rule(
    id="unrecognised-licence",
    title="Licence is none that SPDX lists",
    kind=Kind.LICENCE,
    severity=Severity.LOW,
    why="A package names a licence that is not on the SPDX License List, or in words that nobody "
    "here reads. No list names it, so nothing is known of its terms.",
    remediation="Read the licence, and put its LicenseRef- on a list.",
    references=_REFERENCES,
)

_RULES: Sequence[Rule | None] = (None, UNRECOGNISED, UNLISTED, TO_REVIEW, DENIED)
"""From best to worst: of a choice the best counts, of what holds together the worst."""

_WORDS = {"allow": "allowed", "review": "to be reviewed", "deny": "denied"}
_LATER = ("-or-later", "+")
_VERSIONED = regex(r"(.+?)-([0-9]+(?:\.[0-9]+)*)(-only|-or-later|\+|)\Z").match


class Version(Struct, frozen=True):
    """An entry with a version: its list, number, ending (``-or-later``), and where it stands."""

    name: str
    number: tuple[int, ...]
    ending: str
    at: str


class Lists(Struct, frozen=True, kw_only=True):
    """What may be used: entries to (list, where), those with a version by their family too."""

    exact: Mapping[str, tuple[str, str]] = {}
    versions: Mapping[str, tuple["Version", ...]] = {}
    patterns: tuple[tuple[str, str, str], ...] = ()
    by_category: Mapping[str, tuple[str, str]] = {}
    allows: bool = False


class Judged(Struct, frozen=True, order=True):
    """What becomes of a licence; ``worse`` counts up from what is fine."""

    worse: int
    says: str = ""


def lists(said: Iterable[tuple[object, str]]) -> Lists:
    """The lists of several files, by what they say and where; ``PolicyError`` names the entry."""
    exact: dict[str, tuple[str, str]] = {}
    versions: dict[str, list[Version]] = {}
    patterns: list[tuple[str, str, str]] = []
    by_category: dict[str, tuple[str, str]] = {}
    entries = [each for value, at in said for each in _entries(value, at)]
    if len(entries) > MAX_ENTRIES:
        raise PolicyError(entries[0][2], f"more than {MAX_ENTRIES} entries")
    for name in LISTS:
        for kind, entry, at in entries:
            if kind != name:
                continue
            if entry.startswith(CATEGORY):
                by_category.setdefault(entry.removeprefix(CATEGORY), (name, at))
            elif "*" in entry:
                patterns.append((entry.lower(), name, at))
            else:
                exact.setdefault(entry.lower(), (name, at))
                if version := _version(entry):
                    known = Version(name, version[1], version[2], at)
                    versions.setdefault(version[0], []).append(known)
    if len(patterns) > MAX_PATTERNS:
        raise PolicyError(patterns[0][2], f"more than {MAX_PATTERNS} entries with a *")
    return Lists(
        exact=exact,
        versions={family: tuple(each) for family, each in versions.items()},
        patterns=tuple(patterns),
        by_category=by_category,
        allows=any(kind == "allow" for kind, _, _ in entries),
    )


def judged(report: Report, listed: Lists) -> Report:
    """The report with a finding for each package whose licence is not accepted.

    Packages that state none are gaps, one for each type.
    """
    verdicts: dict[str, Judged] = {}
    known: dict[str, Judged] = {}
    silent: dict[str, list[Package]] = {}
    found: list[Finding] = []
    for package in report.packages:
        if not (expression := package.licence):
            silent.setdefault(package.type, []).append(package)
            continue
        if expression not in verdicts:
            verdicts[expression] = judgement(expression, listed, known)
        if rule := _RULES[verdicts[expression].worse]:
            found.append(_finding(package, rule, expression, verdicts[expression].says))
    rules = {
        rule.id: rule for rule in _RULES if rule and any(each.rule == rule.id for each in found)
    }
    return replace(
        report,
        findings=tuple(by_weight((*report.findings, *found))),
        gaps=(*report.gaps, *_gaps(silent)),
        rules={**report.rules, **rules},
    )


def judgement(expression: str, listed: Lists, known: dict[str, Judged]) -> Judged:
    """What becomes of an SPDX expression; ``known`` keeps what became of single licences."""

    def judge(licence: str) -> Judged:
        if licence not in known:
            known[licence] = _one(licence, listed)
        return known[licence]

    try:
        return evaluated(expression, judge)
    except MalformedError:
        return Judged(_RULES.index(UNRECOGNISED), "is no expression that is read here")


def _one(licence: str, listed: Lists) -> Judged:
    """One licence, perhaps with an exception: the most exact entry counts."""
    fitting = list(_fitting(licence, listed))
    if fitting:
        _, name, at = max(fitting, key=lambda each: (each[0], -LISTS.index(each[1])))
        worse = {"allow": 0, "review": _RULES.index(TO_REVIEW), "deny": _RULES.index(DENIED)}[name]
        return Judged(worse, f"{licence} is {_WORDS[name]} by {at}")
    if listed.allows:
        return Judged(_RULES.index(UNLISTED), f"{licence} is on no list")
    if "LicenseRef-" in licence:
        return Judged(_RULES.index(UNRECOGNISED), f"{licence} is on no list, nor on that of SPDX")
    return Judged(0)


def _fitting(licence: str, listed: Lists) -> Iterator[tuple[int, str, str]]:
    """How exactly, in which list and where a licence is named."""
    low = licence.lower()
    base = licence.partition(" WITH ")[0]
    if low in listed.exact:
        yield 6, *listed.exact[low]
    if base.lower() in listed.exact:
        yield 5, *listed.exact[base.lower()]
    if version := _version(base):
        yield from _by_version(*version, listed)
    for pattern, name, at in listed.patterns:
        if fnmatchcase(low, pattern) or fnmatchcase(base.lower(), pattern):
            yield 2, name, at
    for category in categories(base):
        if category in listed.by_category:
            yield 1, *listed.by_category[category]


def _by_version(
    family: str, number: tuple[int, ...], ending: str, listed: Lists
) -> Iterator[tuple[int, str, str]]:
    """Entries for a range of versions; of a licence that lets choose, those for its versions.

    A later version that is allowed may be chosen. Else the version that is named counts.
    """
    may_choose = ending in _LATER
    for entry in listed.versions.get(family, ()):
        if entry.ending in _LATER and number >= entry.number:
            yield 3, entry.name, entry.at
        elif may_choose and entry.name == "allow" and entry.number > number:
            yield 4, entry.name, entry.at
        elif may_choose and entry.number == number:
            yield 3, entry.name, entry.at


def _version(licence: str) -> tuple[str, tuple[int, ...], str] | None:
    """Family, number and what follows it; ``None`` for a licence without a version."""
    if len(licence) > SHOWN_CHARS or not (found := _VERSIONED(licence.lower())):
        return None
    numbers = tuple(int(each[:9]) for each in found[2].split("."))
    return found[1], numbers, found[3]


def _finding(package: Package, rule: Rule, expression: str, says: str) -> Finding:
    of = "" if says.startswith(f"{expression} ") else f", of {expression[:SHOWN_CHARS]}"
    return found_in(package, rule, f"{says[: 2 * SHOWN_CHARS]}{of}")


def _gaps(silent: Mapping[str, Sequence[Package]]) -> Iterator[Gap]:
    for type, packages in sorted(silent.items()):
        names = list(dict.fromkeys(each.full_name for each in packages))
        shown = ", ".join(names[:SHOWN_NAMES]) + (", ..." if len(names) > SHOWN_NAMES else "")
        why = f"{len(packages)} packages of this type state no licence: {shown}"
        yield Gap(unit=UNIT, subject=f"pkg:{type}", why=why)


def _entries(value: object, at: str) -> Iterator[tuple[str, str, str]]:
    """(list, entry, where) of one file; a choice of licences is as many entries."""
    if not isinstance(value, dict):
        raise PolicyError(at, f"keys with lists are wanted: {', '.join(LISTS)}")
    for name, listed in value.items():
        if name not in LISTS:
            raise PolicyError(at, f"unknown key {name!r} (known: {', '.join(LISTS)})")
        if not isinstance(listed, list):
            raise PolicyError(f"{at} {name}", "a list is wanted")
        for number, each in enumerate(listed, 1):
            for entry in _spelled(str(each), f"{at} {name} {number}"):
                yield name, entry, f"{entry} ({at} {name})"


def _spelled(text: str, at: str) -> list[str]:
    """One entry as SPDX writes it."""
    if text.startswith(CATEGORY):
        if text.removeprefix(CATEGORY) not in CATEGORIES:
            known = ", ".join(CATEGORIES)
            raise PolicyError(at, f"{text[:60]!r} is no category of licences ({known})")
        return [text]
    if "*" in text:
        return [text]
    expression = spdx(text)
    if " AND " in expression or "(" in expression:
        raise PolicyError(at, f"{text[:60]!r} joins licences by AND: list each of them")
    if not expression or ("LicenseRef-" in expression and "LicenseRef-" not in text):
        raise PolicyError(at, f"{text[:60]!r} is no licence that SPDX lists, nor a LicenseRef-")
    return expression.split(" OR ")
