"""A published statement about vulnerable versions, in OSV's terms.

Format: https://ossf.github.io/osv-schema/
"""

from msgspec import Struct


class Range(Struct, frozen=True, kw_only=True):
    """Half-open interval of affected versions; an empty ``introduced`` means from the start.

    At most one of ``fixed`` (exclusive) and ``last_affected`` (inclusive) is set.
    """

    introduced: str = ""
    fixed: str = ""
    last_affected: str = ""


class Advisory(Struct, frozen=True, kw_only=True):
    """What one feed says of one package: affected ranges and versions, fixes, aliases."""

    id: str
    ecosystem: str
    package: str
    ranges: tuple[Range, ...] = ()
    versions: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    withdrawn: bool = False
