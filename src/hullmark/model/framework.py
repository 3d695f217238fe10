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


class Outcome(Struct, frozen=True, kw_only=True):
    """How a control turned out: ``says`` is why, ``findings`` counts those that break it."""

    id: str
    title: str
    status: Status
    says: str
    findings: int = 0
    rules: tuple[str, ...] = ()


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
