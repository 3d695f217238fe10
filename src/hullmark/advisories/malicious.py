"""Packages that were published to do harm: records of OpenSSF's malicious-packages.

Format: OSV's, with ids ``MAL-...`` (https://github.com/ossf/malicious-packages)
"""

from collections.abc import Iterable, Sequence
from re import compile as regex

from msgspec.structs import replace

from hullmark.advisories import Matched
from hullmark.model import Kind, Rule, Severity
from hullmark.model.advisory import Affected, Head

is_malicious = regex(r"MAL-[0-9]{4}-[A-Za-z0-9-]{1,40}\Z").match

TYPES = frozenset(("cargo", "composer", "gem", "golang", "maven", "npm", "nuget", "pypi"))
"""Of packages that anybody may publish, by purl."""

MAX_REFERENCES = 10

REMEDIATION = (
    "Remove it; there is no version to upgrade to. Take whatever it could reach for known to "
    "others: rotate tokens, keys and passwords of the build and of where it ran, and build anew "
    "from what was there before it."
)
SOURCE = "https://github.com/ossf/malicious-packages"


def malicious_rule(name: str, records: Sequence[Head]) -> Rule:
    """What is told of a malicious package by the records of it."""
    summary = next((each.summary for each in records if each.summary), "Malicious package")
    references = dict.fromkeys((*(url for each in records for url in each.references), SOURCE))
    return Rule(
        id=name,
        title=summary,
        kind=Kind.MALWARE,
        severity=Severity.CRITICAL,
        why=f"{summary} ({name}). Installing it was enough to run what its author wanted.",
        remediation=REMEDIATION,
        references=tuple(references)[:MAX_REFERENCES],
        published=min((each.published for each in records if each.published), default=""),
    )


def only_malicious(found: Matched) -> Matched:
    """Without vulnerabilities, for who asks for malware alone."""
    findings = tuple(each for each in found.findings if each.kind is Kind.MALWARE)
    rules = {id: rule for id, rule in found.rules.items() if rule.kind is Kind.MALWARE}
    return replace(found, findings=findings, rules=rules, suppressed=())


def is_all(id: str, affected: Affected) -> bool:
    """Whether a record of a malicious package is of all its versions, whatever they are called."""
    return bool(is_malicious(id)) and any(
        each.events and _is_endless(each.events) for each in affected.ranges
    )


def _is_endless(events: Iterable[tuple[str, str]]) -> bool:
    listed = [*events]
    return ("introduced", "0") in listed and all(kind == "introduced" for kind, _ in listed)
