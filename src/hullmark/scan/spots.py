"""From what was spotted in files to findings: what the image still shows, what layers keep."""

from collections.abc import Iterable, Iterator, Mapping
from re import compile as regex

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
    """Something spotted, where it was: ``path`` as the image shows it, ``hidden`` by a later layer.

    ``layer`` is the diffID, or the commit, that brought it, and ``brought`` what is said of a
    commit; ``owner`` is the distribution package.
    """

    spotted: Spotted
    path: str
    layer: str = ""
    hidden: bool = False
    owner: str = ""
    brought: str = ""


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


NOTHING_SEEN = Judged()
"""Nobody looked."""


def judged(seen: Iterable[Seen], feeds: Iterable[tuple[str, str]] = ()) -> Judged:
    """What is to be told of everything spotted; lower layers come first.

    The same secret in the same file of several layers is one finding, of the lowest that has it.
    What is accepted of one object, and of another that the same file makes is not, is a finding.
    """
    known = _Rules()
    kept: dict[tuple[str, str, str, str], Seen] = {}
    inner: set[tuple[str, str, str]] = set()
    for each in seen:
        if not (each.hidden or each.owner) or _counts(each, known):
            spotted = each.spotted
            if "!/" in each.path:
                inner.update((spotted.rule, spotted.mark, at) for at in _around(each.path))
            key = spotted.rule, each.path, spotted.mark, "" if spotted.mark else spotted.at
            first = kept.get(key)
            if first is None:
                kept[key] = each
            elif first.hidden and not each.hidden and not (first.brought and first.spotted.allowed):
                kept[key] = replace(each, layer=first.layer, brought=first.brought)
            elif first.layer == each.layer and first.spotted.allowed and not spotted.allowed:
                kept[key] = each
    findings, suppressed = [], []
    told = [each for each in kept.values() if not (inner and _is_told_inside(each, inner))]
    for each in told:
        finding = _finding(each)
        if each.spotted.allowed:
            at = f"{each.path}:{each.spotted.line}"
            by = Exemption(at=at, id=finding.rule, path=each.path, reason=each.spotted.allowed)
            suppressed.append(Suppressed(finding=finding, by=by))
        else:
            findings.append(finding)
    return Judged(
        feeds=dict(feeds),
        findings=tuple(findings),
        suppressed=tuple(suppressed),
        rules={rule.id: rule for rule in known.rules(each.spotted.rule for each in told)},
    )


def with_own(content: Judged, own: Mapping[str, Rule]) -> Judged:
    """With the rules of the user's own checks, which nobody else knows."""
    fired = {id: own[id] for id in content.rules if id in own}
    return replace(content, rules={**content.rules, **fired}) if fired else content


def _around(path: str) -> Iterator[str]:
    """The archives in which a file lies, nearest first."""
    while "!/" in path:
        path = path.rpartition("!/")[0]
        yield path


def _is_told_inside(each: Seen, inner: set[tuple[str, str, str]]) -> bool:
    """Whether a file in this archive has the same: a tar shows what is in it as it is."""
    spotted = each.spotted
    return spotted.kind in STAYS and (spotted.rule, spotted.mark, each.path) in inner


def told_before(report: Report) -> Judged:
    """What a stored report says was found in content, with the rules that are still known."""
    found_again = (Kind.VULNERABILITY, Kind.LICENCE)
    aside = tuple(each for each in report.suppressed if each.finding.kind not in found_again)
    findings = (*report.findings, *(each.finding for each in aside))
    rules = _Rules().known(each.rule for each in findings)
    return Judged(suppressed=aside, rules=rules, subjects=report.subjects)


def _counts(each: Seen, known: "_Rules") -> bool:
    if each.hidden:
        return each.spotted.kind in STAYS
    return not (each.owner and known.of_nobody(each.spotted.rule))


def _finding(each: Seen) -> Finding:
    spotted = each.spotted
    says, severity = [spotted.says], spotted.severity
    public = _public(each) if spotted.kind is Kind.SECRET else ""
    if public:
        severity = Severity.INFO
        says.append(public)
    if each.brought:
        says.append(each.brought)
    if each.hidden:
        says.append(GONE if each.brought else HIDDEN)
    return Finding(
        rule=spotted.rule,
        kind=spotted.kind,
        severity=severity,
        subject=each.path,
        evidence=Evidence(
            at=spotted.at or each.path,
            says="; ".join(says) if len(says) > 1 else spotted.says,
            path=each.path,
            line=spotted.line,
            layer=each.layer,
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
    """Rules by id; only modules of those that fired are imported."""

    def __init__(self) -> None:
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
