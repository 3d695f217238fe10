"""What one run found, and what it did not look at."""

from collections.abc import Mapping

from msgspec import Struct

from hullmark.model.advice import BaseAdvice
from hullmark.model.artifact import Artifact, Distribution
from hullmark.model.decision import Decision
from hullmark.model.exemption import Suppressed
from hullmark.model.facts import Package, Resource
from hullmark.model.finding import Finding
from hullmark.model.framework import Compliance
from hullmark.model.rule import Rule
from hullmark.model.upgrade import Upgrade
from hullmark.model.vex import Attached


class Gap(Struct, frozen=True, kw_only=True):
    """Something the run could not judge. Silence is never a pass."""

    unit: str
    subject: str
    why: str
    layer: str = ""


class Report(Struct, frozen=True, kw_only=True):
    """The result of one run over one artifact; every output format renders this.

    Everything is sorted: the same input gives the same report. ``rules`` holds each rule that
    ``findings`` names, ``units`` maps a unit's id to its version. ``suppressed`` are findings that
    an exemption, a VEX statement or a baseline keeps from counting; ``notes`` are about these.
    ``upgrades`` say what ends the vulnerabilities among the findings, ``advice`` what the base
    image has to do with them. ``attached`` are VEX
    documents that lie beside the image. ``subjects`` counts what was judged, by kind,
    ``scanners`` are those that were run, ``basis`` is what else the user said of what is judged
    and told, by name, and ``frameworks`` say how the artifact stands to those
    that were asked for.
    """

    artifact: Artifact
    distribution: Distribution | None = None
    packages: tuple[Package, ...] = ()
    resources: tuple[Resource, ...] = ()
    findings: tuple[Finding, ...] = ()
    gaps: tuple[Gap, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    notes: tuple[str, ...] = ()
    upgrades: tuple[Upgrade, ...] = ()
    advice: tuple[BaseAdvice, ...] = ()
    rules: Mapping[str, Rule] = {}
    decision: Decision | None = None
    units: Mapping[str, int] = {}
    feeds: Mapping[str, str] = {}
    sandbox: str = ""
    attached: tuple[Attached, ...] = ()
    tool: str = ""
    subjects: Mapping[str, int] = {}
    scanners: tuple[str, ...] = ()
    basis: Mapping[str, str] = {}
    frameworks: tuple[Compliance, ...] = ()
