"""What was spotted, with what became of the file that it was in."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from msgspec.structs import replace

from hullmark.model.finding import Kind
from hullmark.model.gathered import Gathered
from hullmark.model.spotted import Accounts, Entry, Spotted, Subjects
from hullmark.scan.facts import Contents, Parsed
from hullmark.scan.finish import Inventory
from hullmark.scan.overlay import Overlay
from hullmark.scan.reading import LINKED
from hullmark.scan.skip import Skip
from hullmark.scan.spots import Seen
from hullmark.sieve.intel_rules import KNOWN_ADDRESS
from hullmark.unit import OpenTree

_OF_CHECKS = frozenset((Spotted, Subjects, Entry, Accounts))

PASSWD = "etc/passwd"  # noqa: S105 - the name of a file


def is_spotted(parsed: Parsed) -> bool:
    """Whether a file's facts are of checks, not of parsers."""
    return any(isinstance(each, Spotted) for each in parsed.facts)


def is_of_checks(parsed: Parsed) -> bool:
    """Whether a file's facts are of checks alone, so that they tell of no package."""
    return all(type(each) in _OF_CHECKS for each in parsed.facts)


def subjects(parsed: Iterable[Parsed]) -> dict[str, int]:
    """How much of each kind of configuration as code was judged."""
    counts = Counter[str]()
    for each in parsed:
        for fact in each.facts:
            if isinstance(fact, Subjects):
                counts.update(fact.counts)
    return dict(sorted(counts.items()))


def in_layers(
    layers: Sequence[Contents],
    overlay: Overlay,
    inventory: Inventory,
    *,
    labels: Sequence[str],
    skip: Skip,
) -> list[Seen]:
    """Everything spotted in an image, lowest layer first; ``labels`` are the layers' diffIDs."""
    shown = {id(each.versions[-1][1]): each.path for each in overlay.visible()}
    spotted = [
        (number, parsed, shown.get(id(parsed)))
        for number, contents in enumerate(layers)
        for parsed in contents.parsed
        if is_spotted(parsed)
    ]
    gone = {(number, parsed.path) for number, parsed, path in spotted if path is None}
    owners = _owners(inventory, (path for _, _, path in spotted if path))
    return [
        Seen(
            spotted=fact,
            path=_place(fact, parsed, path),
            layer=labels[number],
            hidden=path is None,
            owner=owners.get(path or "", ""),
        )
        for number, parsed, path in spotted
        for fact in parsed.facts
        if isinstance(fact, Spotted)
        and not skip.hides(path or parsed.path)
        and (parsed.unit != LINKED or (path and (number, _outer(fact)) in gone))
    ]


def gathered(overlay: Overlay, labels: Sequence[str], skip: Skip) -> list[Gathered]:
    """What the files that an image shows give to checks across files, with their layers."""
    found = []
    for each in overlay.visible():
        layer, parsed = each.versions[-1]
        if parsed.unit == LINKED or skip.hides(each.path):
            continue
        found += [
            replace(fact, path=each.path, layer=labels[layer])
            for fact in parsed.facts
            if isinstance(fact, Gathered)
        ]
    return found


def in_image(joined: Contents, inventory: Inventory) -> list[Seen]:
    """Everything that was seen in what an image shows, as by checks across files."""
    owners = _owners(inventory, (parsed.path for parsed in joined.parsed))
    return [
        Seen(spotted=fact, path=fact.path, layer=fact.layer, owner=owners.get(fact.path, ""))
        for parsed in joined.parsed
        for fact in parsed.facts
        if isinstance(fact, Spotted)
    ]


def in_tree(found: Sequence[Parsed], inventory: Inventory, tree: OpenTree) -> list[Seen]:
    """Everything spotted in a tree, what was brought first in front."""
    owners = _owners(inventory, (parsed.path for parsed in found))
    tells = cache(tree.tells)
    seen = [
        Seen(
            spotted=fact,
            path=parsed.path if fact.path == parsed.path else fact.path,
            layer=fact.layer,
            hidden=tree.hides(fact.layer, fact.path),
            owner=owners.get(parsed.path, ""),
            brought=tells(fact.layer),
        )
        for parsed in found
        for fact in parsed.facts
        if isinstance(fact, Spotted)
    ]
    seen.sort(key=lambda each: each.spotted.line)
    seen.sort(key=lambda each: each.path)
    if any(each.layer for each in seen):
        seen.sort(key=lambda each: tree.rank(each.layer))
    return seen


def in_configuration(contents: Contents) -> list[Seen]:
    """Secrets of an image's configuration, and what of it is on lists."""
    return [
        Seen(spotted=fact, path=fact.path)
        for parsed in contents.parsed
        for fact in parsed.facts
        if isinstance(fact, Spotted) and (fact.kind is Kind.SECRET or fact.rule == KNOWN_ADDRESS.id)
    ]


def entries(overlay: Overlay) -> Iterator[Entry]:
    """Visible files and folders whose metadata is worth a look."""
    for each in overlay.visible():
        for fact in each.versions[-1][1].facts:
            if isinstance(fact, Entry):
                yield fact if fact.path == each.path else _moved(fact, each.path)


def accounts(overlay: Overlay) -> dict[str, int]:
    """User numbers by name, as the finished image has them."""
    for each in overlay.visible():
        if each.path == PASSWD:
            for fact in each.versions[-1][1].facts:
                if isinstance(fact, Accounts):
                    return fact.numbers
    return {}


def _moved(entry: Entry, path: str) -> Entry:
    return Entry(
        path=path,
        kind=entry.kind,
        mode=entry.mode,
        uid=entry.uid,
        gid=entry.gid,
        size=entry.size,
    )


def _place(fact: Spotted, parsed: Parsed, path: str | None) -> str:
    """Where it is in the finished image, inside an archive too."""
    own = _outer(fact) if parsed.unit == LINKED else parsed.path
    return (path or parsed.path) + fact.path.removeprefix(own)


def _outer(fact: Spotted) -> str:
    """The file of the layer in which it is; of a hard link that is its first name."""
    return fact.path.partition("!/")[0]


def _owners(inventory: Inventory, paths: Iterator[str]) -> dict[str, str]:
    return inventory.owned_by({path.partition("!/")[0] for path in paths})
