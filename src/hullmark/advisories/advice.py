"""What a report's findings advise: packages to upgrade, and a base image to rebuild on."""

from msgspec.structs import replace

from hullmark.advisories.upgrades import upgrades
from hullmark.model import Kind, Report
from hullmark.model.advice import BaseAdvice


def advised(report: Report) -> Report:
    """The report with what ends the vulnerabilities that are among its findings now."""
    return replace(report, upgrades=upgrades(report), advice=of_base(report))


def of_base(report: Report) -> tuple[BaseAdvice, ...]:
    """What the base image brought; nothing where its layers are not known or have no fault.

    A vulnerability of a package counts once, in however many places that is.
    """
    artifact = report.artifact
    if artifact.base is None or not artifact.base.layers:
        return ()
    lowest = {layer.diff_id for layer in artifact.layers[: artifact.base.layers]} - {""}
    every: set[tuple[str, str]] = set()
    brought: set[tuple[str, str]] = set()
    fixable: set[tuple[str, str]] = set()
    for finding in report.findings:
        if finding.kind is not Kind.VULNERABILITY:
            continue
        fault = (finding.rule, finding.subject)
        every.add(fault)
        if finding.evidence.layer in lowest:
            brought.add(fault)
            if finding.fix:
                fixable.add(fault)
    if not brought:
        return ()
    return (
        BaseAdvice(
            base=artifact.base.name,
            newer=artifact.base.newer,
            vulnerabilities=len(every),
            brought=len(brought),
            fixable=len(fixable),
        ),
    )
