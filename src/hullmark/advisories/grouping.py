"""Which records tell of one vulnerability, under which names."""

from collections.abc import Iterable
from functools import cached_property
from re import compile as regex
from typing import NamedTuple

from hullmark.advisories.malicious import is_malicious
from hullmark.advisories.places import Place
from hullmark.model.advisory import Affected, Head

is_cve = regex(r"CVE-[0-9]{4}-[0-9]{4,19}\Z").match

_FAMILY = regex(r"(?:AL|RL|RH|EL)[SBE]A-|(?:open)?SUSE-[FORS]U-").match
"""Advisories of the rpm family, which name their CVEs as related."""

_NO_FAULT = regex(r"(?:AL|RL|RH|EL)(?:BA|EA)-|(?:open)?SUSE-[FOR]U-").match
"""Those of them that mend bugs or bring news, unless they name a CVE."""


class Hit(NamedTuple):
    """A record that affects a package found at a place; ``fixed`` ends it, empty for none."""

    record: Head
    place: Place
    affected: Affected
    fixed: str


class Group:
    """Hits that tell of one vulnerability, its ``names``, and the records as ``aliases``.

    ``leader`` and ``cves`` are for when all have been added.
    """

    def __init__(self) -> None:
        self.names: dict[str, None] = {}
        self.aliases: dict[str, None] = {}
        self.hits: dict[int, Hit] = {}

    def add(self, names: Iterable[str], hit: Hit) -> None:
        """One more hit of the same."""
        self.names |= dict.fromkeys(names)
        self.aliases[hit.record.id] = None
        self.hits[id(hit)] = hit

    def join(self, other: "Group") -> None:
        """Two that turn out to be one."""
        self.names |= other.names
        self.aliases |= other.aliases
        self.hits |= other.hits

    @cached_property
    def leader(self) -> str:
        """Its CVE where it has one, else the first of its names; the id of a malicious package."""
        return leading(self.names)

    @cached_property
    def cves(self) -> list[str]:
        """Its names that are CVEs; without any the leader."""
        return sorted(filter(is_cve, self.names)) or [self.leader]


def grouped(hits: Iterable[Hit]) -> list[Group]:
    """Hits by what they tell of, in the order of the leading names.

    A distribution's advisory may tell of several vulnerabilities, others of one by many names.
    """
    by_name: dict[str, Group] = {}
    for hit in hits:
        for names in told(hit.record):
            known = [by_name[name] for name in names if name in by_name]
            met = list({id(each): each for each in known}.values())
            group = max(met, key=lambda each: len(each.names)) if met else Group()
            group.add(names, hit)
            by_name |= dict.fromkeys(names, group)
            for other in met:
                if other is not group:
                    group.join(other)
                    by_name |= dict.fromkeys(other.names, group)
    groups = {id(group): group for group in by_name.values()}.values()
    return sorted(groups, key=lambda group: group.leader)


def leading(names: Iterable[str]) -> str:
    """The CVE among names of one vulnerability, else the first of them; of malice its own."""
    return min(names, key=lambda name: (not is_malicious(name), not is_cve(name), name))


def told(record: Head) -> list[list[str]]:
    """The names of each vulnerability that a record tells of."""
    if is_malicious(record.id):
        return [[record.id, *record.aliases]]
    named = record.upstream
    if not named and _FAMILY(record.id):
        named = (*record.related, *record.aliases)
    cves = [name for name in dict.fromkeys(named) if is_cve(name)]
    if len(cves) > 1:
        return [[cve] for cve in cves]
    if cves:
        return [[cves[0], *record.upstream, *record.aliases]]
    return [[record.id, *record.aliases, *record.upstream]]


def is_no_fault(record: Head) -> bool:
    """Whether an advisory is of no vulnerability at all."""
    named = (*record.aliases, *record.upstream, *record.related)
    return bool(_NO_FAULT(record.id)) and not any(map(is_cve, named))
