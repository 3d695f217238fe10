"""From what was spotted in files to findings: what the image still shows, what layers keep."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

import hullmark.checks.files
import hullmark.checks.image
import hullmark.checks.malware
import hullmark.checks.secret
from hullmark.checks.kinds import ConfigCheck, Detector, FileCheck, ImageCheck, Signature
from hullmark.checks.rooms import CONFIG
from hullmark.model import Evidence, Finding, Report, Rule, Severity
from hullmark.model.exemption import Exemption, Suppressed
from hullmark.model.finding import Kind
from hullmark.model.later import regex
from hullmark.model.rule import Confidence
from hullmark.model.spotted import Spotted
from hullmark.sieve.intel_rules import STATED
from hullmark.unit import load

STAYS = frozenset((Kind.SECRET, Kind.MALWARE))
"""Kinds that matter in a layer too whose file a later one hides: whoever pulls it has the bytes."""

_PUBLISHED = regex(
    r"(^|/)(site-packages|dist-packages|node_modules|bower_components|gems/[^/]+|\.cargo/registry"
    r"|go/pkg/mod|\.m2|vendor|ansible_collections|lib/python[\d.]+|lib/ruby|local/go)/"
).search
_EXAMPLES = regex(
    r"(?i)(^|[/_.-])(tests?|testing|testdata|fixtures?|specs?|examples?|samples?|demos?|docs?|mocks?"
    r"|molecule|playbooks|tutorials?|documentation)([/_.-]|$)"
    r"|(^|/)(readme|changes|changelog|history)[^/]*\Z|\.(md|rst|adoc|pyi)\Z"
).search
"""Folders, words in names, and texts for readers."""

HIDDEN = "deleted or replaced later, but still in this layer"
SHIPPED = "published with package {}: no secret of yours"
GONE = "no longer in HEAD, but still in the history"
EXAMPLE = "among the tests, examples or texts of a published package"


class Seen(Struct, frozen=True, kw_only=True, gc=False):
    """What was spotted in one file, where it was: ``path`` as the image shows it.

    ``hidden`` is by a later layer. ``layer`` is the diffID, or the commit, that brought it, and
    ``brought`` what is said of a commit; ``owner`` is the distribution package.
    """

    spotted: Sequence[Spotted]
    path: str
    layer: str = ""
    hidden: bool = False
    owner: str = ""
    brought: str = ""


NO_RULES: Mapping[str, Rule] = {}


class Judged(Struct, frozen=True, kw_only=True):
    """Findings of content, those that a comment accepts, and the rules of both.

    ``feeds`` tell what else was held against it, and of when that is. ``subjects`` counts what
    of configuration as code was judged.
    """

    findings: tuple[Finding, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    rules: Mapping[str, Rule] = {}
    feeds: Mapping[str, str] = {}
    subjects: Mapping[str, int] = {}

    def with_more(self, other: "Judged") -> "Judged":
        """Both, where rules of one tell of nothing that rules of the other told of."""
        return replace(
            self,
            findings=(*self.findings, *other.findings),
            suppressed=(*self.suppressed, *other.suppressed),
            rules={**self.rules, **other.rules},
        )


NOTHING_SEEN = Judged()
"""Nobody looked."""


def judged(
    seen: Iterable[Seen],
    feeds: Iterable[tuple[str, str]] = (),
    rules: Mapping[str, Rule] = NO_RULES,
) -> Judged:
    """What is to be told of everything spotted; lower layers come first.

    ``rules`` are those that are known; modules of others are imported.

    The same secret in the same file of several layers is one finding, of the lowest that has it.
    What is accepted of one object, and of another that the same file makes is not, is a finding.
    """
    known = _Rules(rules)
    kept: dict[str, dict[_Same, tuple[Spotted, Seen]]] = {}
    inner: set[tuple[str, str, str]] = set()
    for each in seen:
        of_path = kept.setdefault(each.path, {})
        around = [*_around(each.path)]
        is_plain = not (each.hidden or each.owner)
        for spotted in each.spotted:
            if not (is_plain or _counts(spotted, each, known)):
                continue
            mark = spotted.mark
            if around:
                inner.update((spotted.rule, mark, at) for at in around)
            key = spotted.rule, mark, "" if mark else spotted.at
            first = of_path.get(key)
            of_path[key] = (spotted, each) if first is None else _of_two(first, spotted, each)
    told = [each for of_path in kept.values() for each in of_path.values()]
    if inner:
        told = [each for each in told if not _is_told_inside(*each, inner)]
    findings, suppressed = [], []
    for spotted, each in told:
        finding = _finding(spotted, each)
        if spotted.allowed:
            at = f"{each.path}:{spotted.line}"
            by = Exemption(at=at, id=finding.rule, path=each.path, reason=spotted.allowed)
            suppressed.append(Suppressed(finding=finding, by=by))
        else:
            findings.append(finding)
    return Judged(
        feeds=dict(feeds),
        findings=tuple(findings),
        suppressed=tuple(suppressed),
        rules={rule.id: rule for rule in known.rules({each.rule: None for each, _ in told})},
    )


_Same = tuple[str, str, str]
"""What is told once of a path: rule, fingerprint, and the place where there is no fingerprint."""


def _of_two(first: tuple[Spotted, Seen], spotted: Spotted, seen: Seen) -> tuple[Spotted, Seen]:
    """Of two that are the same that which is told, with the lowest layer that has it."""
    known, of_first = first
    if of_first.hidden and not seen.hidden and not (of_first.brought and known.allowed):
        return spotted, replace(seen, layer=of_first.layer, brought=of_first.brought)
    if of_first.layer == seen.layer and known.allowed and not spotted.allowed:
        return spotted, seen
    return first


def _around(path: str) -> Iterator[str]:
    """The archives in which a file lies, nearest first."""
    while "!/" in path:
        path = path.rpartition("!/")[0]
        yield path


def _is_told_inside(spotted: Spotted, seen: Seen, inner: set[tuple[str, str, str]]) -> bool:
    """Whether a file in this archive has the same: a tar shows what is in it as it is."""
    return spotted.kind in STAYS and (spotted.rule, spotted.mark, seen.path) in inner


def told_before(report: Report) -> Judged:
    """What a stored report says was found in content, with the rules that are still known."""
    found_again = (Kind.VULNERABILITY, Kind.LICENCE)
    aside = tuple(each for each in report.suppressed if each.finding.kind not in found_again)
    findings = (*report.findings, *(each.finding for each in aside))
    rules = _Rules().known(each.rule for each in findings)
    return Judged(suppressed=aside, rules=rules, subjects=report.subjects)


def _counts(spotted: Spotted, seen: Seen, known: "_Rules") -> bool:
    if seen.hidden:
        return spotted.kind in STAYS
    return not (seen.owner and known.of_nobody(spotted.rule))


def _finding(spotted: Spotted, seen: Seen) -> Finding:
    says, severity = spotted.says, spotted.severity
    if spotted.kind is Kind.SECRET and (public := _public(seen)):
        says, severity = f"{says}; {public}", Severity.INFO
    if seen.brought:
        says = f"{says}; {seen.brought}"
    if seen.hidden:
        says = f"{says}; {GONE if seen.brought else HIDDEN}"
    path = seen.path
    return Finding(
        rule=spotted.rule,
        kind=spotted.kind,
        severity=severity,
        subject=path,
        evidence=Evidence(
            at=spotted.at or path, says=says, path=path, line=spotted.line, layer=seen.layer
        ),
    )


def _public(each: Seen) -> str:
    """Why a secret is none of yours: everybody can download the package that ships it."""
    if each.owner and not each.path.startswith("etc/"):
        return SHIPPED.format(each.owner)
    found = _PUBLISHED(each.path)
    if found and _EXAMPLES(each.path[found.end() - 1 :]):
        return EXAMPLE
    return ""


def _of_user(id: str) -> Rule:
    """A rule that the user brought, which says what it means by itself."""
    return Rule(
        id=id,
        title="YARA rule of your own",
        kind=Kind.MALWARE,
        severity=Severity.HIGH,
        why="A rule that you gave fired on this file.",
        remediation="See what the rule's author says.",
        references=(),
        confidence=Confidence.POSSIBLE,
    )


_Unit = Detector | Signature | FileCheck | ConfigCheck | ImageCheck


def _of_config(id: str) -> ConfigCheck | None:
    """The check of configuration as code of this id."""
    return next(filter(None, (load(room, ConfigCheck, id) for room in CONFIG.values())), None)


class _Rules:
    """Rules by id; only modules of those that fired and are not ``told`` are imported."""

    def __init__(self, told: Mapping[str, Rule] = NO_RULES) -> None:
        self._told = told
        self._units: dict[str, _Unit | None] = {}

    def unit(self, id: str) -> "_Unit | None":
        """What spotted something under this id; ``None`` for a rule that the user brought."""
        if id not in self._units:
            self._units[id] = (
                load(hullmark.checks.secret, Detector, id)
                or load(hullmark.checks.malware, Signature, id)
                or load(hullmark.checks.files, FileCheck, id)
                or _of_config(id)
                or load(hullmark.checks.image, ImageCheck, id)
            )
        return self._units[id]

    def of_nobody(self, id: str) -> bool:
        """Whether a rule leaves alone what a distribution package owns."""
        unit = self.unit(id)
        return isinstance(unit, FileCheck) and unit.of_nobody

    def rules(self, ids: Iterable[str]) -> Iterator[Rule]:
        """The rules of these, each once."""
        for id in dict.fromkeys(ids):
            if id in self._told:
                yield self._told[id]
            else:
                unit = self.unit(id)
                yield unit.rule if unit else STATED.get(id) or _of_user(id)

    def known(self, ids: Iterable[str]) -> dict[str, Rule]:
        """Those of these that a check of content has, by id; other rules are told elsewhere."""
        found = dict[str, Rule]()
        for id in dict.fromkeys(ids):
            unit = self.unit(id)
            if unit or id in STATED:
                found[id] = unit.rule if unit else STATED[id]
        return found
