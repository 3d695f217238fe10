"""Engine: a report and a tree to the changes that mend it."""

from enum import StrEnum

from msgspec import Struct


class State(StrEnum):
    """How a finding ends."""

    MENDED = "mended"
    LEFT = "left"


class Change(Struct, frozen=True, kw_only=True):
    """A file below the tree, as it is and as it should be."""

    path: str
    before: bytes
    after: bytes


class Outcome(Struct, frozen=True, kw_only=True):
    """What becomes of one finding: mended in ``files``, or left with the reason in ``why``.

    A finding that is left may have changes in ``files`` too, which alone do not end it. One of a
    vulnerability has ``package`` and ``version``, one of configuration the place ``at`` which it
    is in ``path``, and its ``line``, which counts from 1.
    """

    rule: str
    path: str
    package: str = ""
    version: str = ""
    at: str = ""
    line: int = 0
    to: str = ""
    state: State = State.LEFT
    files: tuple[str, ...] = ()
    why: str = ""


class Plan(Struct, frozen=True, kw_only=True):
    """All changes, and one outcome for each finding. ``notes`` are what else has to be done."""

    changes: tuple[Change, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    notes: tuple[str, ...] = ()
