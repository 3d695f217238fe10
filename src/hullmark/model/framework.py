"""Controls of a framework, and how each turned out.

Ids are the publisher's, words are ours.
"""

from enum import StrEnum

from msgspec import Struct


class Status(StrEnum):
    """What became of a control; a gap is what could not be judged, never a pass."""

    PASS = "pass"  # noqa: S105 - the name of a status
    FAIL = "fail"
    GAP = "gap"
    NOT_APPLICABLE = "not-applicable"
    MANUAL = "manual"


class Control(Struct, frozen=True, kw_only=True):
    """One thing that is asked for.

    ``rules`` are those whose findings break it: ids, or ``kind:secret`` for every rule of a kind.
    ``waits`` says what of it no rule judges; ``manual`` why nobody but people can. ``since`` is
    the minor version of Kubernetes that asks for it first.
    """

    id: str
    title: str
    rules: tuple[str, ...] = ()
    waits: str = ""
    manual: str = ""
    since: int = 0


class Framework(Struct, frozen=True, kw_only=True):
    """A publisher's list of controls, of one version.

    ``of_kubernetes`` says that this is the version of the cluster that is judged.
    """

    id: str
    title: str
    version: str
    references: tuple[str, ...]
    controls: tuple[Control, ...]
    of_kubernetes: bool = False


class Answer(Struct, frozen=True, kw_only=True):
    """What somebody says of a control that no rule judges whole, until a day (``2026-12-31``).

    ``at`` is where it is written, ``evidence`` a text or a link. A pass has evidence, others a
    reason; ``until`` is the last day that it counts.
    """

    at: str
    framework: str
    control: str
    status: Status
    owner: str
    until: str
    evidence: str = ""
    reason: str = ""


class Judged(Struct, frozen=True, kw_only=True):
    """What a control's rules were held against, and how many; ``None`` where nobody counts."""

    what: str
    count: int | None = None


class Outcome(Struct, frozen=True, kw_only=True):
    """How a control turned out: ``says`` is why, ``findings`` counts those that break it.

    ``missed`` counts what another run could judge: files that could not be read, rules whose
    scanner was not run, an answer that ended. ``answer`` is what people say of it.
    """

    id: str
    title: str
    status: Status
    says: str
    findings: int = 0
    rules: tuple[str, ...] = ()
    judged: tuple[Judged, ...] = ()
    missed: int = 0
    answer: Answer | None = None


class Compliance(Struct, frozen=True, kw_only=True):
    """How an artifact stands to a framework."""

    id: str
    title: str
    version: str
    outcomes: tuple[Outcome, ...]

    def count(self, status: Status) -> int:
        """How many controls turned out so."""
        return sum(each.status is status for each in self.outcomes)

    @property
    def percent(self) -> float | None:
        """Passed controls of those that were judged, in percent; ``None`` where none was."""
        judged = self.count(Status.PASS) + self.count(Status.FAIL)
        return round(100 * self.count(Status.PASS) / judged, 1) if judged else None
