"""A report held against frameworks: each control passes, fails, or could not be judged."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import NamedTuple

from msgspec.structs import replace

import hullmark.checks.files
import hullmark.checks.image
import hullmark.checks.malware
import hullmark.checks.secret
import hullmark.frameworks
from hullmark.advisories import UNIT as MATCHING
from hullmark.checks import named_images
from hullmark.checks.declare_config import BUNDLE, POD, REFERENCE
from hullmark.checks.kinds import ConfigCheck, Detector, FileCheck, ImageCheck, Signature
from hullmark.checks.rooms import CONFIG
from hullmark.model import Finding, Gap, Report
from hullmark.model.framework import (
    Answer,
    Compliance,
    Control,
    Framework,
    Judged,
    Outcome,
    Status,
)
from hullmark.policy.answers import answered
from hullmark.sieve.options import NOTHING, Looking
from hullmark.unit import discover, load

KIND = "kind:"
"""Before a kind of finding, of all of whose rules a control speaks."""

SCANNERS = {
    "vulnerability": "vulnerabilities",
    "secret": "secrets",
    "malware": "malware",
    "licence": "licences",
}
"""Scanners that find what is of a kind."""

TRUST = "untrusted-registry"
UNSAID = "which registries you trust (--trusted-registry)"
"""The rule that asks the user for something, and what a control waits for where it was not said."""

SEARCHED: tuple[tuple[str, ModuleType, type[Detector | Signature]], ...] = (
    ("secret", hullmark.checks.secret, Detector),
    ("malware", hullmark.checks.malware, Signature),
)
"""Rooms of what is searched for in all content."""

OF_OTHERS = "sarif/"
"""Before an analyser whose results were taken in."""

OF_PACKAGES = (f"{KIND}vulnerability", f"{KIND}licence")
"""Kinds of which there is nothing where there are no packages."""

IMAGE, FILES = "image", "files"
"""What checks of whole images and of single files judge."""

ANYWHERE = ("layer", "tree")
"""Units of gaps that may hide anything."""

MAX_NAMED = 3
"""Rules that are named in what is said of a control that fails."""


def frameworks() -> dict[str, Framework]:
    """Every framework by id."""
    return discover(hullmark.frameworks, Framework)


def held(
    report: Report,
    wanted: Sequence[Framework],
    scanners: Iterable[str],
    looking: Looking = NOTHING,
    *,
    answers: Sequence[Answer] = (),
    today: str = "",
    known: Mapping[str, Framework] | None = None,
) -> Report:
    """The report with how it stands to these, and with those findings alone that they speak of.

    ``scanners`` are those that were run, ``looking`` is what the user said of what is judged,
    ``answers`` are what people say of controls, as of ``today``; they may be about any framework
    that is ``known``.
    """
    ran = frozenset(scanners)
    wanted = [_of(each, looking) for each in wanted]
    standing = tuple(_compliance(report, each, ran) for each in wanted)
    standing, notes = answered(standing, answers, today, known=known or frameworks())
    asked = (control for each in wanted for control in each.controls)
    named = {rule for control in asked for rule in control.rules}
    kept = tuple(each for each in report.findings if is_named(each, named))
    aside = tuple(each for each in report.suppressed if is_named(each.finding, named))
    return replace(
        report, findings=kept, suppressed=aside, frameworks=standing, notes=(*report.notes, *notes)
    )


def _of(framework: Framework, looking: Looking) -> Framework:
    """As it is for a release of Kubernetes, and for who trusts certain registries or says none."""
    version = f"v1.{looking.kubernetes}" if framework.of_kubernetes else framework.version
    controls = tuple(_of_control(each, looking) for each in framework.controls)
    return replace(framework, version=version, controls=controls)


def _of_control(control: Control, looking: Looking) -> Control:
    """Nothing breaks what a release does not ask for yet; what nobody said, a control waits for."""
    if control.since > looking.kubernetes:
        return replace(control, rules=())
    if TRUST not in control.rules or looking.registries:
        return control
    rules = tuple(each for each in control.rules if each != TRUST)
    waits = f"{control.waits}, {UNSAID}" if control.waits else UNSAID
    return replace(control, rules=rules, waits=waits)


def is_named(finding: Finding, rules: Iterable[str]) -> bool:
    """Whether one of these rules or kinds is a finding's."""
    return finding.rule in rules or f"{KIND}{finding.kind}" in rules


def _compliance(report: Report, framework: Framework, ran: frozenset[str]) -> Compliance:
    broken: dict[str, int] = {}
    for finding in report.findings:
        for key in (finding.rule, f"{KIND}{finding.kind}"):
            broken[key] = broken.get(key, 0) + 1
    return Compliance(
        id=framework.id,
        title=framework.title,
        version=framework.version,
        outcomes=tuple(_outcome(report, each, broken, ran) for each in framework.controls),
    )


def _outcome(
    report: Report, control: Control, broken: Mapping[str, int], ran: frozenset[str]
) -> Outcome:
    """Fails by what was found, else is a gap by what was not looked at."""
    failed = {rule: broken[rule] for rule in control.rules if rule in broken}
    judged = [_judged(report, rule, ran) for rule in control.rules]
    missing = unread(report, control.rules)
    missed = 0
    status, says = Status.PASS, _passed(report, control, judged)
    if control.since and not control.rules:
        status, says = Status.NOT_APPLICABLE, f"Kubernetes asks for it since 1.{control.since}"
    elif failed:
        named = sorted(failed, key=lambda rule: (-failed[rule], rule))
        more = f" and {len(named) - MAX_NAMED} more" if len(named) > MAX_NAMED else ""
        status, says = Status.FAIL, ", ".join(named[:MAX_NAMED]) + more
    elif control.manual:
        status, says = Status.MANUAL, control.manual
    elif control.waits:
        status, says = Status.GAP, f"not judged: {control.waits}"
    elif None in judged:
        status, says = Status.GAP, "not judged: a scanner that it needs was not run"
        missed = judged.count(None)
    elif not any(judged) and not missing.own:
        status, says = Status.NOT_APPLICABLE, "there was nothing that it speaks of"
    elif missing.all:
        status, says = (
            Status.GAP,
            f"{len(missing.all)} things that it speaks of could not be looked at",
        )
        missed = len(missing.all)
    return Outcome(
        id=control.id,
        title=control.title,
        status=status,
        says=says,
        findings=sum(failed.values()),
        rules=control.rules,
        judged=tuple(_looked_at(report, control.rules, ran)),
        missed=missed,
    )


def _passed(report: Report, control: Control, judged: Sequence[bool | None]) -> str:
    """What a control passed by: people accept faults, and not every rule finds what it judges."""
    says = "nothing was found against it"
    accepted = sum(is_named(each.finding, control.rules) for each in report.suppressed)
    if accepted:
        says = f"nothing counts against it, and {accepted} findings were accepted"
    idle = judged.count(False)
    return f"{says}; {idle} of its {len(judged)} rules had nothing to judge" if idle else says


class Unread(NamedTuple):
    """What could not be read of what a control speaks of, and with what may hold some of that."""

    own: tuple[Gap, ...]
    all: tuple[Gap, ...]


def unread(report: Report, rules: Sequence[str]) -> Unread:
    """What could not be read of what these rules judge.

    Where they speak of a whole kind, whatever was not looked at may hold some of that.
    """
    kinds = set(filter(None, map(kind_of, rules)))
    if kinds:
        any_gap = f"{KIND}vulnerability" in kinds
        others = any("/" in rule for rule in rules)
        found = tuple(
            each
            for each in report.gaps
            if (any_gap or each.unit != MATCHING) and (others or each.unit != OF_OTHERS.rstrip("/"))
        )
        return Unread(found, found)
    units = {each.partition("/")[0] for rule in rules for each in subjects(rule)}
    units |= {*rules, *(("config",) if IMAGE in units else ())}
    own = tuple(each for each in report.gaps if each.unit in units)
    return Unread(own, own + tuple(each for each in report.gaps if each.unit in ANYWHERE))


def _judged(report: Report, rule: str, ran: frozenset[str]) -> bool | None:
    """Whether a rule had anything to judge; ``None`` where it was not asked to."""
    kind = kind_of(rule)
    if kind:
        scanner = SCANNERS.get(kind.removeprefix(KIND), "config")
        if scanner not in ran:
            return None
        return bool(report.packages) if kind in OF_PACKAGES else True
    judges = subjects(rule)
    if judges and judges[0].startswith(OF_OTHERS):
        return True if judges[0] in report.subjects else None
    if "config" not in ran:
        return None
    here = {IMAGE: report.artifact.kind == IMAGE, FILES: True}
    return any(here.get(each, each in report.subjects) for each in judges)


def _looked_at(report: Report, rules: Iterable[str], ran: frozenset[str]) -> Iterator[Judged]:
    """What rules that were run were held against, each thing once."""
    found: dict[str, int | None] = {}
    for rule in rules:
        if not _judged(report, rule, ran):
            continue
        kind = kind_of(rule)
        if kind in OF_PACKAGES:
            found["packages"] = len(report.packages)
        elif kind:
            found["content"] = None
        for each in subjects(rule):
            if each == IMAGE and report.artifact.kind == IMAGE:
                found[IMAGE] = 1
            elif each == FILES:
                found[FILES] = None
            elif each in report.subjects:
                found[each] = report.subjects[each]
    return (Judged(what=what, count=count) for what, count in sorted(found.items()))


def kind_of(rule: str) -> str:
    """``kind:secret`` where a rule is judged as its whole kind is; empty for others."""
    if rule.startswith(KIND):
        return rule
    for kind, room, unit in SEARCHED:
        if load(room, unit, rule):
            return f"{KIND}{kind}"
    return ""


def subjects(rule: str) -> tuple[str, ...]:
    """What a rule judges: ``kubernetes/Pod``, ``dockerfile``, ``image``; nothing of others.

    Those of frameworks that see all objects of a file together are about pods. Rules of other
    analysers (``semgrep/x``) judge what these were run on: ``sarif/semgrep``.
    """
    analyser, slash, _ = rule.partition("/")
    if slash:
        return (f"{OF_OTHERS}{analyser}",)
    for system, room in CONFIG.items():
        check = load(room, ConfigCheck, rule)
        if check:
            if REFERENCE in check.kinds:
                return tuple(f"{each}/{REFERENCE}" for each in named_images.SYSTEMS)
            kinds = (POD if kind == BUNDLE else kind for kind in check.kinds)
            return tuple(f"{system}/{kind}" for kind in kinds) or (system,)
    image = load(hullmark.checks.image, ImageCheck, rule)
    if image:
        return (IMAGE, "dockerfile") if image.of_build else (IMAGE,)
    return (FILES,) if load(hullmark.checks.files, FileCheck, rule) else ()
