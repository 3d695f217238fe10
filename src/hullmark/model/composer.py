"""Packages of Composer as both its lock and its record of what is installed describe them.

Format: https://getcomposer.org/doc/04-schema.md; PHP writes an empty object as an empty list.
"""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from hullmark.model.facts import Package

Links = dict[str, str] | tuple[str, ...] | None
"""Names to constraints."""


class Release(Struct, frozen=True):
    """One package of one version; several licences are alternatives."""

    name: str
    version: str = ""
    license: tuple[str, ...] | str | None = ()
    require: Links = ()
    replace: Links = ()
    provide: Links = ()

    def names(self) -> tuple[str, str]:
        """The vendor, empty for the oldest packages, and the name."""
        vendor, _, name = self.name.rpartition("/")
        return vendor, name

    def licences(self) -> tuple[str, ...]:
        """The licences as they are written."""
        return (self.license,) if isinstance(self.license, str) else self.license or ()

    def package(self, path: str, licences: Iterable[str], *, declared: bool) -> Package:
        """The release as a package; ``licences`` are expressions, of which each will do."""
        vendor, name = self.names()
        return Package(
            type="composer",
            namespace=vendor,
            name=name,
            version=self.version,
            licences=either(licences),
            path=path,
            declared=declared,
        )


def either(expressions: Iterable[str]) -> tuple[str, ...]:
    """One expression of which each of these alone will do; none for none."""
    told = list(filter(None, expressions))
    return (" OR ".join(told),) if told else ()


def needs(releases: Sequence[Release]) -> list[list[int]]:
    """For each release the indices of those that it requires.

    A name that no package has stands for the first that replaces it, else for the first that
    provides it. What PHP itself brings has none of these.
    """
    known: dict[str, int] = {}
    for names in (_own, _replaced, _provided):
        for index, release in enumerate(releases):
            for name in names(release):
                known.setdefault(name.lower(), index)
    wanted = ([name.lower() for name in release.require or ()] for release in releases)
    return [[known[name] for name in names if name in known] for names in wanted]


def _own(release: Release) -> Iterator[str]:
    yield release.name


def _replaced(release: Release) -> Iterator[str]:
    yield from release.replace or ()


def _provided(release: Release) -> Iterator[str]:
    yield from release.provide or ()
