"""Which packages of one file need which others of it."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from hullmark.model.facts import Package


def related(
    packages: Mapping[str, Package], needs: Mapping[str, Iterable[str]]
) -> Iterator[Package]:
    """Each package with the purls of those that it needs, as far as they are among them."""
    purls = {key: package.purl for key, package in packages.items()}
    for key, package in packages.items():
        needed = dict.fromkeys(purls[name] for name in needs.get(key, ()) if name in purls)
        yield replace(package, requires=tuple(needed)) if needed else package
