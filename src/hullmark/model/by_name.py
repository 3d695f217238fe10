"""Who needs whom among the packages of one file that are told by their names."""

from collections.abc import Iterable, Iterator, Mapping

from hullmark.model import relations
from hullmark.model.facts import Package


def related(
    packages: Mapping[str, Package], needs: Mapping[str, Iterable[str]]
) -> Iterator[Package]:
    """Each package with the purls of those that it needs, as far as they are among them.

    Who is direct or needed only to develop stands in the packages already.
    """
    at = {name: index for index, name in enumerate(packages)}
    entries = list(packages.values())
    told = any(each.direct is not None for each in entries)
    return relations.related(
        entries,
        [[at[need] for need in needs.get(name, ()) if need in at] for name in packages],
        direct={index for index, each in enumerate(entries) if each.direct} if told else None,
        development={index for index, each in enumerate(entries) if each.development},
    )
