"""What checks of configuration say of one subject of a file, and which of them are asked."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from msgspec import Struct

from hullmark.checks.kinds import ConfigCheck, ImageCheck
from hullmark.model import Evidence
from hullmark.model.repository import without_login
from hullmark.model.spotted import Spotted
from hullmark.scan.annotations import annotated
from hullmark.scan.lines import Lines

MAX_KEY_SETS = 1000
"""Ours, of those whose checks are remembered; objects of one tree are much alike."""


class Claimed(Struct, frozen=True, kw_only=True):
    """What one check says of one subject of a file."""

    check: ConfigCheck | ImageCheck
    subject: object
    evidence: Evidence
    spotted: Spotted


Claim = tuple[ConfigCheck | ImageCheck, object, Evidence, Spotted]
"""The same, for those who make thousands: check, subject, evidence, and the fact."""


class Told:
    """Rules and places that were told of one subject; ``annotated`` if it may accept some."""

    __slots__ = ("annotated", "keys")

    def __init__(self, *, annotated: bool) -> None:
        self.annotated = annotated
        self.keys: set[tuple[str, str]] = set()


def claimed(
    check: ConfigCheck | ImageCheck,
    found: Iterable[Evidence],
    lines: Lines,
    subject: object,
    told: Told,
) -> Iterator[Claim]:
    """One rule's claims as facts, each of one place once."""
    rule, file, keys = check.rule, lines.file, told.keys
    id, may_be_accepted = rule.id, lines.accepted or told.annotated
    for each in found:
        key = id, each.at
        if key in keys:
            continue
        keys.add(key)
        allowed = ""
        if may_be_accepted:
            allowed = lines.allowed_at(id, each) if lines.accepted else ""
            allowed = allowed or (annotated(id, subject) if told.annotated else "")
        spotted = Spotted(
            rule=id,
            kind=rule.kind,
            severity=rule.severity,
            path=file.path,
            layer=file.layer,
            at=lines.place(key),
            says=without_login(each.says),
            line=each.line,
            allowed=allowed,
        )
        yield check, subject, each, spotted


class Applying:
    """Checks that apply to subjects of one kind; most need keys that few objects have."""

    def __init__(self, checks: Sequence[ConfigCheck]) -> None:
        self._checks = checks
        self._needed = frozenset(key for each in checks for key in each.needs)
        self._by_keys: dict[frozenset[str], Sequence[ConfigCheck]] = {}

    def with_keys(self, keys: AbstractSet[str] | None) -> Sequence[ConfigCheck]:
        """Those that may have something to say of a subject with these keys, ``None`` for any."""
        if keys is None:
            return self._checks
        of_these = self._needed.intersection(keys)
        found = self._by_keys.get(of_these)
        if found is None:
            if len(self._by_keys) >= MAX_KEY_SETS:
                self._by_keys.clear()
            found = self._by_keys[of_these] = [
                each
                for each in self._checks
                if not (each.needs and of_these.isdisjoint(each.needs))
            ]
        return found
