"""Who needs whom among the packages of one file, and which of them the project asks for.

Entries of a file are told by their index. Several entries may be one package: npm installs the
same release into many folders, pnpm once for each set of peers.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from hullmark.model.facts import Package


def related(
    entries: Sequence[Package | None],
    needs: Sequence[Iterable[int]],
    *,
    direct: Container[int] | None = None,
    development: Container[int] = frozenset(),
) -> Iterator[Package]:
    """Each package once, in the order of its first entry, with what all its entries tell.

    ``entries`` holds ``None`` for what is no package of others', the project itself above all.
    ``needs`` lists by index what each entry requires. A package is direct when one of its
    entries is (unknown of all where ``direct`` is ``None``), and for development when all are.
    What all of a file's packages may require together, the engine bounds.
    """
    purls = [each.purl if each else "" for each in entries]
    places: dict[str, list[int]] = {}
    for index, purl in enumerate(purls):
        places.setdefault(purl, []).append(index)
    places.pop("", None)
    for purl, own in places.items():
        package = entries[own[0]]
        assert package is not None  # noqa: S101 - those of none have no purl and no place
        wanted = dict.fromkeys([purls[at] for index in own for at in needs[index]])
        requires = tuple([each for each in wanted if each and each != purl])
        yield replace(
            package,
            direct=None if direct is None else any(index in direct for index in own),
            development=all(index in development for index in own),
            requires=requires,
        )


def only_for(
    some: Iterable[int], others: Iterable[int], needs: Sequence[Sequence[int]]
) -> set[int]:
    """What is needed, at whatever distance, by ``some`` and by none of ``others``."""
    return _reached(some, needs) - _reached(others, needs)


def _reached(starts: Iterable[int], needs: Sequence[Sequence[int]]) -> set[int]:
    found = set(starts)
    waiting = list(found)
    while waiting:
        new = set(needs[waiting.pop()]) - found
        found |= new
        waiting += new
    return found


def nearest(tables: Iterable[Mapping[str, int]], names: Iterable[str]) -> list[int]:
    """For each name the entry of the first table that has it; names that none has are left out.

    So Node.js looks for a package: in the ``node_modules`` of a folder, then of those above.
    """
    chain = tuple(tables)
    found = []
    for name in names:
        for table in chain:
            if name in table:
                found.append(table[name])
                break
    return found
