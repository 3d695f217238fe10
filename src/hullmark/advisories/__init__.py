"""Advisories: brought in from feeds, and held against packages."""

UNIT = "vulnerabilities"
"""The unit of gaps in what is known of vulnerabilities."""

STALE_DAYS = 7
"""After so many days without a new record, an ecosystem's advisories are a gap."""
