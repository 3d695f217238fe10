"""What somebody accepts for a while, and why."""

from msgspec import Struct

from hullmark.model.finding import Finding


class Exemption(Struct, frozen=True, kw_only=True):
    """Findings that are not to count: those that fit everything that is said here.

    ``id`` is a rule's or an alias, ``package`` a name as its ecosystem writes it, ``path`` that
    of the file that tells of it; ``*`` in these three stands for anything, in a path of other
    tools' ``folders`` for what is within one. ``purl`` may leave out
    version and qualifiers. ``expires`` is the last day (``2026-12-31``), empty for none. ``at``
    is where it is written. ``status`` and ``justification`` are words of OpenVEX; ``impact`` is
    what a VEX statement says beside them.
    """

    at: str
    id: str = ""
    package: str = ""
    path: str = ""
    purl: str = ""
    version: str = ""
    type: str = ""
    folders: bool = False
    reason: str = ""
    owner: str = ""
    expires: str = ""
    status: str = ""
    justification: str = ""
    impact: str = ""


class Suppressed(Struct, frozen=True, kw_only=True):
    """A finding that does not count, by an exemption, a VEX statement or a baseline."""

    finding: Finding
    by: Exemption
