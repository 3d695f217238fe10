"""Packages that are malicious, or may be by their names, in reports."""

from collections.abc import Iterable

from msgspec.structs import replace

from hullmark.advisories import END_OF_LIFE, Matched
from hullmark.advisories.malicious import is_malicious
from hullmark.model import Finding, Package

LOOKALIKE = "typosquatted-package"
"""The rule about names of packages, whose lists are not loaded to know its id."""


def is_found_again(finding: Finding, *, by_names: bool, by_advisories: bool) -> bool:
    """Whether what a stored report says of a package is looked for anew."""
    if finding.rule == LOOKALIKE:
        return by_names
    if is_malicious(finding.rule):
        return by_advisories
    return finding.rule == END_OF_LIFE


def with_lookalikes(known: Matched, packages: Iterable[Package]) -> Matched:
    """With packages whose names are nearly those of others."""
    from hullmark.checks.package_names import RULE, lookalikes  # noqa: PLC0415 - long lists

    found = tuple(lookalikes(packages))
    if not found:
        return known
    rules = {**known.rules, RULE.id: RULE}
    return replace(known, findings=(*known.findings, *found), rules=rules)
