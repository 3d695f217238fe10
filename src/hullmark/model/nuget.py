"""What the lock and project files of NuGet have in common.

Format: https://learn.microsoft.com/nuget/concepts/package-versioning
"""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from hullmark.model.facts import Package


def lowest(version: str) -> str:
    """The version that a range resolves to, which is its lowest; empty where none is named.

    ``1.2``, ``[1.2]`` and ``[1.2, 2.0)`` name 1.2; ``1.*`` and ``(1.2, )`` name none.
    """
    first = version.strip().removeprefix("[").partition(",")[0].rstrip("]) ").strip()
    return "" if first.startswith("(") or "*" in first or "$(" in first else first


def only_builds(private: str, include: str) -> bool:
    """Whether a reference is kept from whoever uses the project, and from its compiler.

    NuGet writes references to packages that are marked as development dependencies so.
    """
    assets = {asset.strip() for asset in include.lower().replace(",", ";").split(";")}
    return private.strip().lower() == "all" and include != "" and not assets & {"compile", "all"}


def merged(packages: Iterable[Package]) -> Iterator[Package]:
    """The packages of all target frameworks, each once.

    One that the project asks for in any framework is direct; one that is needed at run time in
    any is not for development.
    """
    found: dict[str, Package] = {}
    needs: dict[str, dict[str, None]] = {}
    for package in packages:
        purl = package.purl
        known = found.get(purl)
        found[purl] = package if known is None else _both(known, package)
        needs.setdefault(purl, {}).update(dict.fromkeys(package.requires))
    for purl, package in found.items():
        yield replace(package, requires=tuple(needs[purl]))


def _both(one: Package, other: Package) -> Package:
    direct, development = one.direct or other.direct, one.development and other.development
    return replace(one, direct=direct, development=development)
