"""YARA rules over the files in which one of their anchors was found, the user's over all."""

from collections.abc import Collection, Iterator
from typing import Any

import yara_x

from hullmark.model import File, Severity
from hullmark.model.finding import Kind
from hullmark.model.spotted import Spotted
from hullmark.sieve.inside import GapMaker
from hullmark.sieve.tools import Tools

ELF = b"\x7fELF"

MAX_FILE_BYTES = 256 * 1024 * 1024
"""YARA wants a file whole in memory."""

MAX_SCAN_S = 15
"""For one file: the clock of a look does not ring inside YARA, which has one of its own."""

MAX_MATCHES = 16
"""Of one string of our rules, which count fewer; those of the user may ask for any number."""

OWN = "yara:"
"""Before the name of a user's rule."""


class Signatures:
    """Our rules and the user's, ready to be held against files."""

    def __init__(self, tools: Tools) -> None:
        self._rules = {each.rule.id.replace("-", "_"): each.rule for each in tools.signatures}
        self._bounds = tools.bounds
        self._for_programs = _scanner(tools.for_programs, MAX_MATCHES)
        self._for_others = _scanner(tools.for_others, MAX_MATCHES)
        self._own = _scanner(tools.own)

    @property
    def has_own(self) -> bool:
        """Whether every file is to be held against rules of the user."""
        return self._own is not None

    def found(self, file: File, suspected: Collection[int], gap: GapMaker) -> Iterator[Spotted]:
        """Rules that fire on a file in which anchors of these signatures were found."""
        scanners = self._scanners(file, suspected)
        if not scanners and self._own is None:
            return
        if file.size > MAX_FILE_BYTES:
            why = f"{file.size} bytes are more than the {MAX_FILE_BYTES} held against signatures"
            gap(file.path, why)
            return
        data = file.read(0, file.size)
        for scanner in scanners:
            for fired in scanner.scan(data).matching_rules:
                rule = self._rules[fired.identifier]
                says = f"matches the signature {fired.identifier}"
                yield _spotted(file, rule.id, rule.severity, says)
        if self._own is not None:
            for fired in self._own.scan(data).matching_rules:
                yield _of_user(file, fired)

    def _scanners(self, file: File, suspected: Collection[int]) -> list[yara_x.Scanner]:
        """Those with a rule that is suspected and may fire, by the file's kind and size."""
        found = []
        if suspected:
            is_elf = file.read(0, len(ELF)) == ELF
            kinds = {
                elf
                for elf, below in (self._bounds[each] for each in suspected)
                if (is_elf or not elf) and (not below or file.size < below)
            }
            found += [self._for_programs] if True in kinds else []
            found += [self._for_others] if False in kinds else []
        return [each for each in found if each is not None]


def _scanner(rules: yara_x.Rules | None, matches: int = 0) -> yara_x.Scanner | None:
    if rules is None:
        return None
    scanner = yara_x.Scanner(rules)
    scanner.set_timeout(MAX_SCAN_S)
    if matches:
        scanner.max_matches_per_pattern(matches)
    return scanner


def _of_user(file: File, fired: yara_x.Rule) -> Spotted:
    """What a user's rule says; ``severity`` and ``description`` are read from its metadata."""
    meta: dict[str, Any] = dict(fired.metadata)
    severity = Severity.__members__.get(str(meta.get("severity", "high")).upper(), Severity.HIGH)
    about = str(meta.get("description", "")).strip()
    says = f"matches {fired.identifier} of {fired.namespace}" + (f": {about}" if about else "")
    return _spotted(file, f"{OWN}{fired.identifier}", severity, says)


def _spotted(file: File, rule: str, severity: Severity, says: str) -> Spotted:
    return Spotted(
        rule=rule,
        kind=Kind.MALWARE,
        severity=severity,
        path=file.path,
        layer=file.layer,
        says=says,
    )
