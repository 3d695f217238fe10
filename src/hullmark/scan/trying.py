"""Users' own checks against their own examples, by way of the parsers that scans use."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from hullmark.checks.declare_config import BUNDLE
from hullmark.checks.kinds import ConfigCheck
from hullmark.model import ParseError
from hullmark.model.gathered import Gathered
from hullmark.model.globs import matcher
from hullmark.model.spotted import Spotted
from hullmark.scan.config_files import SYSTEMS, config_parsers
from hullmark.scan.joining import told_together
from hullmark.scan.own_units import own_checks
from hullmark.sieve.options import Looking


class Tried(Struct, frozen=True, kw_only=True):
    """How one check did: ``faults`` say which example turned out otherwise, in order."""

    id: str
    path: str
    examples: int
    faults: tuple[str, ...]


def tried(folders: tuple[str, ...]) -> Iterator[Tried]:
    """Every check of these folders, tried; ``PolicyError`` as ``own_checks`` has it."""
    looking = Looking(config=True, units=folders)
    parsers = config_parsers(looking)
    names = {each.id: matcher(each.names) for each in SYSTEMS}
    for each in own_checks(folders):
        check, faults = each.check, list[str]()
        bad, good = check.bad(), check.good()
        if not bad:
            faults.append("has no bad example, so nothing shows that it fires")
        if not good:
            faults.append("has no good example, so nothing shows that it ever does not")
        parse = parsers[check.system].parse
        for kind, files in (("bad", bad), ("good", good)):
            for number, file in enumerate(files, 1):
                place = f"{kind} example {number}"
                if not names[check.system](file.path):
                    faults.append(f"{place}: no {check.system} file is called {file.path}")
                    continue
                fired, failed = _fired(check, parse(file))
                if failed:
                    faults.append(f"{place}: {failed}")
                elif fired is not (kind == "bad"):
                    faults.append(f"{place}: {'fires' if fired else 'does not fire'}")
        count = len(bad) + len(good)
        yield Tried(id=check.rule.id, path=each.path, examples=count, faults=tuple(faults))


def _fired(check: ConfigCheck, facts: Iterable[object]) -> tuple[bool, str]:
    """Whether a check says something of a file, and why the file was not judged."""
    fired, shared = False, list[Gathered]()
    try:
        for fact in facts:
            fired = fired or (isinstance(fact, Spotted) and fact.rule == check.rule.id)
            shared += [fact] if isinstance(fact, Gathered) else []
    except ParseError as error:
        return fired, error.why
    if BUNDLE not in check.kinds:
        return fired, ""
    joined = told_together(shared, checks={check.rule.id: check})
    return bool(joined.parsed), "; ".join(each.why for each in joined.gaps)
