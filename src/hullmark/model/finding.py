"""What is wrong, where, and how we know."""

from collections.abc import Iterable
from enum import IntEnum, StrEnum
from operator import attrgetter

from msgspec import Struct


class Severity(IntEnum):
    """Ordered, so ``finding.severity >= Severity.HIGH`` reads as it should."""

    INFO = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4

    @property
    def label(self) -> str:
        """Name as users write it: ``critical``."""
        return self.name.lower()


class Kind(StrEnum):
    """The families of fault that a report tells apart."""

    VULNERABILITY = "vulnerability"
    MISCONFIGURATION = "misconfiguration"
    SECRET = "secret"  # noqa: S105 - the name of a kind of finding
    MALWARE = "malware"
    LICENCE = "licence"
    INTEGRITY = "integrity"
    RUNTIME = "runtime"


OF_FILES = frozenset(("altered-packaged-file",))
"""Rules of integrity about files inside of an image that is what its digests promise."""


def is_broken(kind: str, rule: str) -> bool:
    """Whether a finding tells of a digest that does not hold, which nobody may accept."""
    return kind == Kind.INTEGRITY and rule not in OF_FILES


class Evidence(Struct, frozen=True, kw_only=True, gc=False):
    """Why a rule fired on this subject. ``at`` points inside it; ``says`` is for people.

    ``line`` counts from 1, 0 when there is none; ``layer`` is a diffID or empty.
    """

    at: str
    says: str
    path: str = ""
    line: int = 0
    layer: str = ""


class Fix(Struct, frozen=True, kw_only=True, gc=False):
    """A change that would end a finding: what to do, and the version or text to do it with.

    ``leaves`` are vulnerabilities that this version is known to have and the present one has not.
    """

    says: str
    value: str = ""
    leaves: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What to do, and the value where that does not name it: ``drop the port (8080)``."""
        if not self.value or f" {self.value} " in f" {self.says} ":
            return self.says
        return f"{self.says} ({self.value})"


class Finding(Struct, frozen=True, kw_only=True, gc=False):
    """One rule's claim about one subject.

    What is the same for every subject lives in the rule; what differs lives in ``evidence``.
    (rule, subject, evidence.at) identifies a finding. ``subject`` is a purl for packages.
    """

    rule: str
    kind: Kind
    severity: Severity
    subject: str
    evidence: Evidence
    aliases: tuple[str, ...] = ()
    fix: Fix | None = None
    score: float | None = None


def kinds(findings: Iterable[Finding]) -> set[Kind]:
    """The kinds that there are, so that nobody looks through thousands for another."""
    return set(map(_kind, findings))


def by_weight(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by risk, the greatest first; what has none goes by its severity."""
    by_rule: dict[str, list[Finding]] = {}
    for each in findings:
        by_rule.setdefault(each.rule, []).append(each)
    groups: dict[tuple[float, int, str], list[Finding]] = {}
    for rule, of_rule in by_rule.items():
        of_rule.sort(key=_place)
        if len(set(map(_weight, of_rule))) == 1:
            groups[*_risk(of_rule[0]), rule] = of_rule
            continue
        for each in of_rule:
            groups.setdefault((*_risk(each), rule), []).append(each)
    return [each for key in sorted(groups) for each in groups[key]]


_kind = attrgetter("kind")
_place = attrgetter("subject", "evidence.at")
_weight = attrgetter("score", "severity")


def _risk(finding: Finding) -> tuple[float, int]:
    """What comes first is smallest."""
    risk = finding.score if finding.score is not None else 25.0 * finding.severity
    return -risk, -finding.severity
