"""Every rule that a finding may name, of whatever kind."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from importlib import import_module
from importlib.util import find_spec
from pkgutil import walk_packages
from types import ModuleType

from msgspec import Struct

import hullmark.checks.files
import hullmark.checks.image
import hullmark.checks.malware
import hullmark.checks.secret
from hullmark.checks.declare_config import BUNDLE, POD, REFERENCE
from hullmark.checks.kinds import ConfigCheck, Detector, FileCheck, ImageCheck, Signature
from hullmark.checks.rooms import CONFIG
from hullmark.model import Rule
from hullmark.unit import discover, load

ROOMS = (
    "hullmark.advisories",
    "hullmark.checks",
    "hullmark.oci",
    "hullmark.policy",
    "hullmark.scan",
    "hullmark.sieve",
)
"""Packages whose modules state rules; one that does not exist is passed over."""

Holder = Detector | Signature | FileCheck | ImageCheck | ConfigCheck

UNITS: Sequence[tuple[ModuleType, type[Holder]]] = (
    (hullmark.checks.secret, Detector),
    (hullmark.checks.malware, Signature),
    (hullmark.checks.files, FileCheck),
    (hullmark.checks.image, ImageCheck),
    *((room, ConfigCheck) for room in CONFIG.values()),
)
"""Rooms whose units hold a rule each."""

OBJECTS = {
    POD: "whatever makes pods",
    BUNDLE: "all objects of a tree",
    REFERENCE: "images that files name",
}
"""Kinds that stand for several."""

CLOSE = 5
"""Ids offered in place of one that nobody knows."""


class Known(Struct, frozen=True, kw_only=True):
    """A rule, and what is looked at for it; empty where it is of no file."""

    rule: Rule
    looks_at: str = ""


def every() -> dict[str, Known]:
    """All rules by id, in order."""
    known = {id: Known(rule=rule) for id, rule in stated().items()}
    for room, kind in UNITS:
        known |= {unit.rule.id: _known(unit) for unit in discover(room, kind).values()}
    return dict(sorted(known.items()))


def of_user(folders: tuple[str, ...]) -> dict[str, Known]:
    """Rules of the user's own checks; ``PolicyError`` for what is none."""
    if not folders:
        return {}
    from hullmark.scan.own_units import own_checks  # noqa: PLC0415 - few have checks of their own

    return {each.check.rule.id: _known(each.check) for each in own_checks(folders)}


def one(id: str) -> Known | None:
    """The rule of an id; modules of others are imported only where no unit has it."""
    for room, kind in UNITS:
        unit = load(room, kind, id)
        if unit:
            return _known(unit)
    return every().get(id)


def close(id: str) -> list[str]:
    """Ids that look alike, the closest first, then those that hold it."""
    known = list(every())
    alike = get_close_matches(id, known, CLOSE)
    return list(dict.fromkeys([*alike, *(each for each in known if id in each)]))[:CLOSE]


def stated() -> dict[str, Rule]:
    """Every rule that is a module's constant, by id."""
    return {rule.id: rule for rule in sorted(_constants(), key=lambda rule: rule.id)}


def _constants() -> Iterator[Rule]:
    for room in filter(find_spec, ROOMS):
        for info in walk_packages(import_module(room).__path__, f"{room}."):
            for value in vars(import_module(info.name)).values():
                if isinstance(value, Rule):
                    yield value


def _known(unit: Holder) -> Known:
    return Known(rule=unit.rule, looks_at=_looks_at(unit))


def objects(check: ConfigCheck) -> list[str]:
    """What a check of configuration judges, as people call it; nothing where that is the file."""
    return [OBJECTS.get(kind, kind) for kind in check.kinds]


def _looks_at(unit: Holder) -> str:
    match unit:
        case Detector():
            return ", ".join(unit.names) or ("every file" if unit.binary else "every text")
        case Signature():
            return "every file"
        case FileCheck():
            return ", ".join(unit.names) or "programs and libraries"
        case ImageCheck():
            return "the whole image, its Dockerfile" if unit.of_build else "the whole image"
        case ConfigCheck():
            return ", ".join(objects(unit)) or unit.bad()[0].name
