"""A way out of vulnerabilities."""

from msgspec import Struct


class Upgrade(Struct, frozen=True, kw_only=True):
    """A package to bring from its version to another, which ends so many vulnerabilities.

    ``package`` is what a distribution builds it from, where it is one of a distribution.
    """

    package: str
    version: str
    to: str
    ends: int
