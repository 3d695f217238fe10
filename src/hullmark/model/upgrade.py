"""A way out of vulnerabilities."""

from msgspec import Struct


class Upgrade(Struct, frozen=True, kw_only=True):
    """A package to bring from its version to another, which ends so many vulnerabilities.

    ``package`` is what a distribution builds it from, where it is one of a distribution. ``leaves``
    are vulnerabilities that the other version is known to have and the present one has not.
    """

    package: str
    version: str
    to: str
    ends: int
    leaves: tuple[str, ...] = ()
