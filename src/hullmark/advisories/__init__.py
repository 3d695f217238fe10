"""Advisories: brought in from feeds, and held against packages."""

from collections.abc import Mapping

from msgspec import Struct

from hullmark.model import Finding, Gap, Rule
from hullmark.model.exemption import Suppressed

UNIT = "vulnerabilities"
"""The unit of gaps in what is known of vulnerabilities."""

END_OF_LIFE = "end-of-life-software"
"""The rule by which software is named that nobody mends any more."""

STALE_DAYS = 7
"""After so many days without a new record, an ecosystem's advisories are a gap."""


class Matched(Struct, frozen=True, kw_only=True):
    """``feeds`` are the ecosystems that were asked, with the time of their newest record.

    ``suppressed`` are findings of which it is proven that they do no harm where they are.
    """

    findings: tuple[Finding, ...] = ()
    rules: Mapping[str, Rule] = {}
    gaps: tuple[Gap, ...] = ()
    feeds: Mapping[str, str] = {}
    suppressed: tuple[Suppressed, ...] = ()
