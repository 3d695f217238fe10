"""A published statement about vulnerable versions, in OSV's terms.

Format: https://ossf.github.io/osv-schema/
"""

from msgspec import Struct


class Range(Struct, frozen=True, array_like=True):
    """Versions that are affected, by ``(event, version)`` in the order given.

    Events are ``introduced`` (``0``: from the start), ``fixed``, ``last_affected`` and ``limit``.
    ``kind`` is ``ECOSYSTEM`` (in the order of the package's ecosystem), ``SEMVER`` or ``GIT``.
    """

    kind: str
    events: tuple[tuple[str, str], ...]


class Import(Struct, frozen=True, array_like=True):
    """Functions of a Go package, by its import path; without any, all of the package counts.

    ``goos`` and ``goarch`` are the systems and processors on which alone it does, empty for all.
    """

    path: str
    symbols: tuple[str, ...] = ()
    goos: tuple[str, ...] = ()
    goarch: tuple[str, ...] = ()


class Affected(Struct, frozen=True, array_like=True):
    """What an advisory says of one package: a version in ``versions`` or ``ranges`` is affected.

    ``severities`` are (type, vector or word) that hold for this package alone. ``status`` is the
    distribution's word where there is no fix (``unfixed``, ``will-not-fix``, ``end-of-life``,
    ``ignored``), ``urgency`` its word for how much that matters. ``imports`` are the parts of
    a Go module that are; without any, all of it is.
    """

    ecosystem: str
    name: str
    ranges: tuple[Range, ...] = ()
    versions: tuple[str, ...] = ()
    severities: tuple[tuple[str, str], ...] = ()
    status: str = ""
    urgency: str = ""
    imports: tuple[Import, ...] = ()


class Head(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A record without the packages that it is about. Times are RFC 3339, UTC, as written.

    ``aliases`` name the same fault elsewhere, ``upstream`` those that this record is a
    distribution's statement about, ``related`` others. ``severities`` are (type, vector or word).
    """

    id: str
    modified: str
    published: str = ""
    withdrawn: str = ""
    aliases: tuple[str, ...] = ()
    upstream: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    summary: str = ""
    severities: tuple[tuple[str, str], ...] = ()
    references: tuple[str, ...] = ()


class Advisory(Head, frozen=True, kw_only=True, omit_defaults=True):
    """One record, with all that it says of packages."""

    affected: tuple[Affected, ...] = ()
