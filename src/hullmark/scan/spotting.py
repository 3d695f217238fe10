"""What was spotted, with what became of the file that it was in."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from operator import attrgetter

from msgspec.structs import replace

from hullmark.model.finding import Kind
from hullmark.model.gathered import Gathered
from hullmark.model.spotted import Accounts, Entry, Root, Spotted, Subjects
from hullmark.scan.facts import Contents, Parsed
from hullmark.scan.finish import Inventory
from hullmark.scan.overlay import Overlay
from hullmark.scan.reading import LINKED
from hullmark.scan.skip import Skip
from hullmark.scan.spots import Seen
from hullmark.sieve.intel_rules import KNOWN_ADDRESS
from hullmark.unit import OpenTree

_OF_CHECKS = frozenset((Spotted, Subjects, Entry, Accounts, Gathered, Root))

PASSWD = "etc/passwd"  # noqa: S105 - the name of a file


def is_spotted(parsed: Parsed) -> bool:
    """Whether a file's facts are of checks, not of parsers."""
    return Spotted in map(type, parsed.facts)


def is_of_checks(parsed: Parsed) -> bool:
    """Whether a file's facts are of checks alone, so that they tell of no package."""
    return _OF_CHECKS.issuperset(map(type, parsed.facts))


def subjects(parsed: Iterable[Parsed]) -> dict[str, int]:
    """How much of each kind of configuration as code was judged."""
    counts = Counter[str]()
    for each in parsed:
        for fact in each.facts:
            if type(fact) is Subjects:
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
            spotted=facts,
            path=_place(own, parsed, path),
            layer=labels[number],
            hidden=path is None,
            owner=owners.get(path or "", ""),
        )
        for number, parsed, path in spotted
        if not skip.hides(path or parsed.path)
        for own, facts in _by_path(parsed).items()
        if parsed.unit != LINKED or (path and (number, own.partition("!/")[0]) in gone)
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
        Seen(spotted=[fact], path=fact.path, layer=fact.layer, owner=owners.get(fact.path, ""))
        for parsed in joined.parsed
        for fact in parsed.facts
        if isinstance(fact, Spotted)
    ]


def in_tree(found: Sequence[Parsed], inventory: Inventory, tree: OpenTree) -> list[Seen]:
    """Everything spotted in a tree, what was brought first in front."""
    owners = _owners(inventory, (parsed.path for parsed in found))
    files: dict[tuple[str, str], list[Spotted]] = {}
    owned: dict[tuple[str, str], str] = {}
    for parsed in found:
        last, facts = ("", ""), list[Spotted]()
        for fact in parsed.facts:
            if type(fact) is not Spotted:
                continue
            if fact.path != last[0] or fact.layer != last[1] or not facts:
                last = fact.path, fact.layer
                facts = files.setdefault(last, [])
                if owners:
                    owned[last] = owners.get(parsed.path, "")
            facts.append(fact)
    for of_file in files.values():
        of_file.sort(key=_line)
    tells = cache(tree.tells)
    seen = [
        Seen(
            spotted=files[path, layer],
            path=path,
            layer=layer,
            hidden=tree.hides(layer, path),
            owner=owned.get((path, layer), ""),
            brought=tells(layer),
        )
        for path, layer in sorted(files)
    ]
    if any(each.layer for each in seen):
        seen.sort(key=lambda each: tree.rank(each.layer))
    return seen


_line = attrgetter("line")


def in_configuration(contents: Contents) -> list[Seen]:
    """Secrets of an image's configuration, and what of it is on lists."""
    return [
        Seen(spotted=[fact], path=fact.path)
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


def _by_path(parsed: Parsed) -> dict[str, list[Spotted]]:
    """What was spotted, by the file that it is in: that of the layer, or one inside of it."""
    found: dict[str, list[Spotted]] = {}
    for fact in parsed.facts:
        if isinstance(fact, Spotted):
            found.setdefault(fact.path, []).append(fact)
    return found


def _place(inside: str, parsed: Parsed, path: str | None) -> str:
    """Where it is in the finished image, inside an archive too."""
    own = inside.partition("!/")[0] if parsed.unit == LINKED else parsed.path
    return (path or parsed.path) + inside.removeprefix(own)


def _owners(inventory: Inventory, paths: Iterator[str]) -> dict[str, str]:
    return inventory.owned_by({path.partition("!/")[0] for path in paths})
