"""Values that are built: copied within a budget, and changed at paths."""

from collections.abc import Callable, Iterator, Sequence

from hullmark.checks.origins import BuildError
from hullmark.model.placed import Items, Map

MAX_NODES = 1_000_000
"""Values that one kustomization may be built of; ten thousand objects have half as many."""

MAX_DEPTH = 100
"""Below which nothing is built; YAML may nest as deep."""

TOO_MUCH = f"more than the {MAX_NODES} values that are built"


class Budget:
    """How many values may still be made."""

    def __init__(self, nodes: int = MAX_NODES) -> None:
        self.left = self._whole = nodes

    @property
    def spent(self) -> int:
        """How many were made."""
        return self._whole - self.left

    def spend(self, nodes: int) -> None:
        """Take some; ``BuildError`` where there are none left."""
        self.left -= nodes
        if self.left < 0:
            raise BuildError(TOO_MUCH)

    def copied(self, value: object, depth: int = 0) -> object:
        """A value of its own, down to its leaves."""
        self.spend(1)
        if isinstance(value, Map):
            return self.copied_map(value, depth)
        if not isinstance(value, Items):
            return value
        if depth > MAX_DEPTH:
            raise BuildError(f"values nest deeper than {MAX_DEPTH}")
        items = Items(value.line)
        items.lines = [*value.lines]
        items.extend(self.copied(each, depth + 1) for each in value)
        return items

    def copied_map(self, value: Map, depth: int = 0) -> Map:
        """A mapping of its own, down to its leaves."""
        if depth > MAX_DEPTH:
            raise BuildError(f"values nest deeper than {MAX_DEPTH}")
        done = Map(value.line, dict(value.lines))
        for key, each in value.items():
            done[key] = self.copied(each, depth + 1)
        return done


def put(into: Map, key: str, value: object, line: int) -> None:
    """Give a mapping a value that stands in this line."""
    into[key] = value
    into.lines[key] = line


def drop(from_: Map, key: str) -> None:
    """Take a key out of a mapping, where it is there."""
    from_.pop(key, None)
    from_.lines.pop(key, None)


def append(to: Items, value: object, line: int) -> None:
    """Give a list one more entry, which stands in this line."""
    while len(to.lines) < len(to):
        to.lines.append(to.line)
    to.append(value)
    to.lines.append(line)


def inner(of: Map, key: str, line: int) -> Map | None:
    """The mapping under a key, made where there is nothing; ``None`` where something else is."""
    found = of.get(key)
    if found is None:
        found = Map(line)
        put(of, key, found, line)
    return found if isinstance(found, Map) else None


def made(of: Map, key: str, line: int) -> Map:
    """The mapping under a key, made where there is nothing or something else."""
    found = inner(of, key, line)
    if found is None:
        found = Map(line)
        put(of, key, found, line)
    return found


def mappings(value: object, path: Sequence[str], line: int = 0) -> Iterator[Map]:
    """Every mapping at a path, through the entries of lists.

    Those that are missing are made, as given in ``line``, unless that is 0.
    """
    if isinstance(value, Items):
        for each in value:
            yield from mappings(each, path, line)
    elif isinstance(value, Map):
        if not path:
            yield value
            return
        found = value.get(path[0])
        if found is None and line:
            found = inner(value, path[0], line)
        yield from mappings(found, path[1:], line)


def change(value: object, path: Sequence[str], new: Callable[[str], str], line: int) -> None:
    """Change the texts at a path, also those in lists; they then stand in this line."""
    for each in mappings(value, path[:-1]):
        found = each.get(path[-1])
        if isinstance(found, str):
            told = new(found)
            if told != found:
                put(each, path[-1], told, line or each.line_of(path[-1]))
