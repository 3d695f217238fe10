"""JUnit XML, which build servers show as test results.

There is no standard; the elements are those that Ant's task wrote and Jenkins and GitLab read:
https://github.com/testmoapp/junitxml and https://docs.gitlab.com/ci/testing/unit_test_reports/
"""

from collections.abc import Iterator
from html import escape

from hullmark.model import Finding, Gap, Report
from hullmark.model.phrases import visible
from hullmark.unit import output


@output(id="junit", media_type="application/xml")
def junit(report: Report) -> Iterator[str]:
    """Findings as failed test cases of JUnit's XML, gaps as skipped ones.

    A case is called after its rule and subject, its class after the kind of finding. Where there
    is neither finding nor gap one case passes, since build servers take no case for an error.
    What cannot stand in XML 1.0 is written as an escape.
    """
    failed, skipped = len(report.findings), len(report.gaps)
    counts = {
        "tests": str(failed + skipped or 1),
        "failures": str(failed),
        "errors": "0",
        "skipped": str(skipped),
        "time": "0",
    }
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f"<testsuites{_attributes(name='hullmark', **counts)}>\n"
    name = report.artifact.name or str(report.artifact.kind)
    yield f"<testsuite{_attributes(name=name, timestamp=_time(report), **counts)}>\n"
    yield from _properties(report)
    for finding in report.findings:
        yield from _failure(report, finding)
    for gap in report.gaps:
        yield from _skipped(gap)
    if not failed and not skipped:
        yield f"<testcase{_attributes(classname='hullmark', name='nothing found', time='0')}/>\n"
    yield "</testsuite>\n</testsuites>\n"


def _time(report: Report) -> str:
    """The artifact's own, so that the same report gives the same text."""
    return report.artifact.created_utc.removesuffix("Z")


def _properties(report: Report) -> Iterator[str]:
    decision = report.decision
    known = {
        "tool": report.tool,
        "digest": report.artifact.digest,
        "platform": report.artifact.platform,
        "distribution": report.distribution.name if report.distribution else "",
        "packages": str(len(report.packages)),
        "verdict": str(decision.verdict) if decision else "",
        **{f"feed {name}": newest for name, newest in report.feeds.items()},
    }
    yield "<properties>\n"
    for name, value in known.items():
        if value:
            yield f"<property{_attributes(name=name, value=value)}/>\n"
    yield "</properties>\n"


def _failure(report: Report, finding: Finding) -> Iterator[str]:
    evidence = finding.evidence
    place = f" ({evidence.at})" if evidence.at else ""
    name = f"{finding.rule} {finding.subject}{place}"
    known = {"classname": str(finding.kind), "name": name, "time": "0"}
    if evidence.path:
        known["file"] = evidence.path
    says = f"{finding.severity.label} {finding.rule}: {evidence.says}"
    why = {"type": finding.severity.label, "message": says}
    lines = "\n".join(_text(line) for line in _told(report, finding) if line)
    yield f"<testcase{_attributes(**known)}>\n<failure{_attributes(**why)}>{lines}</failure>\n"
    yield "</testcase>\n"


def _told(report: Report, finding: Finding) -> Iterator[str]:
    """What a person wants to know of a finding, a line each."""
    evidence, fix, rule = finding.evidence, finding.fix, report.rules.get(finding.rule)
    if rule:
        yield rule.title
    yield f"{finding.subject}: {evidence.says}"
    if evidence.path:
        yield f"file: {evidence.path}" + (f":{evidence.line}" if evidence.line else "")
    if evidence.layer:
        yield f"layer: {evidence.layer}"
    if finding.aliases:
        yield f"also known as: {', '.join(finding.aliases)}"
    if finding.score is not None:
        yield f"risk: {finding.score:.1f}"
    if fix:
        yield f"fix: {fix.text}"
    if rule:
        yield from rule.references


def _skipped(gap: Gap) -> Iterator[str]:
    known = {"classname": f"gap.{gap.unit}", "name": gap.subject or gap.unit or "gap", "time": "0"}
    says = _attributes(message=f"not looked at: {gap.why}")
    yield f"<testcase{_attributes(**known)}>\n<skipped{says}/>\n</testcase>\n"


def _attributes(**values: str) -> str:
    return "".join(f' {name}="{_text(value)}"' for name, value in values.items())


def _text(value: str) -> str:
    """Text for an element or a quoted attribute."""
    return escape(visible(value))
