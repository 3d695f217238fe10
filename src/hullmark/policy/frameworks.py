"""A report held against frameworks: each control passes, fails, or could not be judged."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

import hullmark.checks.compose
import hullmark.checks.dockerfile
import hullmark.checks.files
import hullmark.checks.image
import hullmark.checks.kubernetes
import hullmark.checks.script
import hullmark.checks.workflow
import hullmark.frameworks
from hullmark.advisories import UNIT as MATCHING
from hullmark.checks.declare_config import BUNDLE, POD
from hullmark.checks.kinds import ConfigCheck, FileCheck, ImageCheck
from hullmark.model import Finding, Report
from hullmark.model.framework import Compliance, Control, Framework, Outcome, Status
from hullmark.model.kubernetes import NEWEST
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

ROOMS = {
    "dockerfile": hullmark.checks.dockerfile,
    "compose": hullmark.checks.compose,
    "kubernetes": hullmark.checks.kubernetes,
    "workflow": hullmark.checks.workflow,
    "script": hullmark.checks.script,
}
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
    report: Report, wanted: Sequence[Framework], scanners: Iterable[str], minor: int = NEWEST
) -> Report:
    """The report with how it stands to these, and with those findings alone that they speak of.

    ``scanners`` are those that were run, ``minor`` is the version of Kubernetes that was judged.
    """
    ran = frozenset(scanners)
    wanted = [_of(each, minor) for each in wanted]
    standing = tuple(_compliance(report, each, ran) for each in wanted)
    asked = (control for each in wanted for control in each.controls)
    named = {rule for control in asked for rule in control.rules}
    kept = tuple(each for each in report.findings if _is_named(each, named))
    aside = tuple(each for each in report.suppressed if _is_named(each.finding, named))
    return replace(report, findings=kept, suppressed=aside, frameworks=standing)


def _of(framework: Framework, minor: int) -> Framework:
    """As it is for a release of Kubernetes: nothing breaks what it does not ask for yet."""
    controls = (
        replace(each, rules=()) if each.since > minor else each for each in framework.controls
    )
    version = f"v1.{minor}" if framework.of_kubernetes else framework.version
    return replace(framework, version=version, controls=tuple(controls))


def _is_named(finding: Finding, rules: Iterable[str]) -> bool:
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
    unread = _unread(report, control)
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
    elif not any(judged) and not unread.own:
        status, says = Status.NOT_APPLICABLE, "there was nothing that it speaks of"
    elif unread.all:
        status, says = Status.GAP, f"{unread.all} things that it speaks of could not be looked at"
    return Outcome(
        id=control.id,
        title=control.title,
        status=status,
        says=says,
        findings=sum(failed.values()),
        rules=control.rules,
    )


def _passed(report: Report, control: Control, judged: Sequence[bool | None]) -> str:
    """What a control passed by: people accept faults, and not every rule finds what it judges."""
    says = "nothing was found against it"
    accepted = sum(_is_named(each.finding, control.rules) for each in report.suppressed)
    if accepted:
        says = f"nothing counts against it, and {accepted} findings were accepted"
    idle = judged.count(False)
    return f"{says}; {idle} of its {len(judged)} rules had nothing to judge" if idle else says


class _Unread(NamedTuple):
    """How much could not be read of what a control speaks of, and of what may hold some of it."""

    own: int
    all: int


def _unread(report: Report, control: Control) -> _Unread:
    """How much of what a control speaks of could not be read.

    Where it speaks of a whole kind, whatever was not looked at may hold some of that.
    """
    kinds = {rule for rule in control.rules if rule.startswith(KIND)}
    if kinds:
        any_gap = f"{KIND}vulnerability" in kinds
        count = sum(any_gap or each.unit != MATCHING for each in report.gaps)
        return _Unread(count, count)
    units = {each.partition("/")[0] for rule in control.rules for each in subjects(rule)}
    units |= {*control.rules, *(("config",) if IMAGE in units else ())}
    own = sum(each.unit in units for each in report.gaps)
    return _Unread(own, own + sum(each.unit in ANYWHERE for each in report.gaps))


def _judged(report: Report, rule: str, ran: frozenset[str]) -> bool | None:
    """Whether a rule had anything to judge; ``None`` where it was not asked to."""
    if rule.startswith(KIND):
        scanner = SCANNERS.get(rule.removeprefix(KIND), "config")
        if scanner not in ran:
            return None
        return bool(report.packages) if rule in OF_PACKAGES else True
    if "config" not in ran:
        return None
    here = {IMAGE: report.artifact.kind == IMAGE, FILES: True}
    return any(here.get(each, each in report.subjects) for each in subjects(rule))


def subjects(rule: str) -> tuple[str, ...]:
    """What a rule judges: ``kubernetes/Pod``, ``dockerfile``, ``image``; nothing of others.

    Those of frameworks that see all objects of a file together are about pods.
    """
    for system, room in ROOMS.items():
        check = load(room, ConfigCheck, rule)
        if check:
            kinds = (POD if kind == BUNDLE else kind for kind in check.kinds)
            return tuple(f"{system}/{kind}" for kind in kinds) or (system,)
    image = load(hullmark.checks.image, ImageCheck, rule)
    if image:
        return (IMAGE, "dockerfile") if image.of_build else (IMAGE,)
    return (FILES,) if load(hullmark.checks.files, FileCheck, rule) else ()
