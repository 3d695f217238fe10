"""Objects of a tree by key, namespace and place, so that not all are compared with all.

What is found is what ``shares`` or ``may_share`` hold for: of the own namespace, then of none that
is told, each in the order in which it was added.
"""

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator, Sequence
from heapq import merge
from itertools import groupby
from typing import Generic, NamedTuple, TypeVar

from hullmark.checks.kube import Bundle, Object
from hullmark.checks.kube_places import Place, near, outer_folders, together

Entry = TypeVar("Entry")

FEW = 16
"""Entries that are looked through one by one; most names and labels of a tree have fewer."""

OF_ONE = 16
"""Steps of looking up that cost as much as one comparison."""

_ANY = object()
"""Stands for every namespace; no name of one."""

_AFTER = chr(ord("/") + 1)
"""In place of its last slash, it makes of a folder what comes next behind all that is in it."""


def shares(one: Object, other: Object) -> bool:
    """Whether two objects evidently share a namespace: by its name, or as one application."""
    if one.namespace != other.namespace:
        return False
    is_evident = bool(one.namespace) or near(one.source, other.source)
    return is_evident and together(one.source, other.source)


def may_share(one: Object, other: Object) -> bool:
    """Whether two objects may share a namespace, which either can leave open."""
    if one.namespace and other.namespace and one.namespace != other.namespace:
        return False
    return together(one.source, other.source)


class _Held(NamedTuple, Generic[Entry]):
    subject: Object
    entry: Entry


class Index(Generic[Entry]):
    """Entries by key, each of an object."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._of: dict[tuple[Hashable, Hashable], list[_Held[Entry]]] = {}
        self._buckets: dict[tuple[Hashable, Hashable], _Bucket[Entry]] = {}

    def add(self, key: Hashable, subject: Object, entry: Entry) -> None:
        """Add an entry of an object."""
        held = _Held(subject, entry)
        for space in (subject.namespace, _ANY):
            self._of.setdefault((key, space), []).append(held)

    def find(self, key: Hashable, subject: Object, *, evident: bool = False) -> Iterator[Entry]:
        """Those of a key that may share an object's namespace, or evidently do."""
        holds = shares if evident else may_share
        for each in self._likely(key, subject, evident=evident):
            self._bundle.spend()
            if holds(each.subject, subject):
                yield each.entry

    def _likely(self, key: Hashable, subject: Object, *, evident: bool) -> Iterator[_Held[Entry]]:
        space = subject.namespace
        spaces: tuple[Hashable, ...] = (space,)
        if not evident:
            spaces = (space, "") if space else (_ANY,)
        for one in spaces:
            held = self._of.get((key, one), ())
            if len(held) <= FEW:
                yield from held
                continue
            bucket = self._buckets.get((key, one))
            if bucket is None:
                bucket = self._buckets[key, one] = _Bucket(held)
            found = bucket.near if evident and not space else bucket.together
            yield from (held[at] for at in found(subject.source, self._bundle.spend))


class _Bucket(Generic[Entry]):
    """Many entries of one key and namespace, by where they are from."""

    def __init__(self, held: Sequence[_Held[Entry]]) -> None:
        self._held = held
        self._below: list[tuple[str, int]] = []
        self._by_folder: dict[str, list[int]] = {}
        self._by_release: dict[str, list[int]] = {}
        self._by_choice: dict[str, dict[str, list[int]]] = {}
        self._counted = 0

    def near(self, place: Place, spend: Callable[[int], None]) -> Iterator[int]:
        """Numbers of those that may be near to a place, and of others."""
        self._count()
        lists = [self._by_folder.get(outer, []) for outer in outer_folders(place.folder)]
        spend(len(lists) // OF_ONE)
        if place.release:
            lists.append(self._by_release.get(place.release, []))
        if place.folder:
            first = bisect_left(self._below, (place.folder, len(self._held)))
            last = bisect_left(self._below, (place.folder[:-1] + _AFTER, 0))
            spend((last - first) // OF_ONE)
            lists.append(sorted(at for _, at in self._below[first:last]))
        return (at for at, _ in groupby(merge(*filter(None, lists))))

    def together(self, place: Place, spend: Callable[[int], None]) -> Iterator[int]:
        """Numbers of those that may be in one cluster with a place, and of others.

        Of alternatives to the place, in the outermost folder that holds some, there is none.
        """
        self._count()
        chosen = place.choices[0] if place.choices else ""
        around = chosen.rpartition("/")[0]
        among = self._by_choice.get(around, {})
        if not chosen or not among.keys() - {chosen}:
            return iter(range(len(self._held)))
        lists = [
            numbers
            for holder, choices in self._by_choice.items()
            for numbers in (choices.values() if holder != around else ())
        ]
        spend(len(lists) // OF_ONE)
        return merge(*lists, among.get(chosen, []))

    def _count(self) -> None:
        """Sort in what was added since."""
        if self._counted == len(self._held):
            return
        for number, each in enumerate(self._held[self._counted :], self._counted):
            place = each.subject.source
            self._by_folder.setdefault(place.folder, []).append(number)
            self._by_release.setdefault(place.release, []).append(number)
            choice = place.choices[0] if place.choices else ""
            choices = self._by_choice.setdefault(choice.rpartition("/")[0], {})
            choices.setdefault(choice, []).append(number)
        self._counted = len(self._held)
        self._below = sorted((each.subject.source.folder, at) for at, each in enumerate(self._held))
