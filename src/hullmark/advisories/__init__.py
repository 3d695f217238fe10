"""Advisories: brought in from feeds, and held against packages."""

from collections.abc import Mapping

from msgspec import Struct

from hullmark.model import Finding, Gap, Rule

UNIT = "vulnerabilities"
"""The unit of gaps in what is known of vulnerabilities."""

STALE_DAYS = 7
"""After so many days without a new record, an ecosystem's advisories are a gap."""


class Matched(Struct, frozen=True, kw_only=True):
    """``feeds`` are the ecosystems that were asked, with the time of their newest record."""

    findings: tuple[Finding, ...] = ()
    rules: Mapping[str, Rule] = {}
    gaps: tuple[Gap, ...] = ()
    feeds: Mapping[str, str] = {}
