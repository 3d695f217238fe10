"""YARA rules over the files in which one of their anchors was found.

Reference: https://virustotal.github.io/yara-x/docs/api/python/
"""

from collections.abc import Iterable, Iterator

import yara_x

from hullmark.model import File
from hullmark.model.finding import Kind
from hullmark.model.rule import Rule
from hullmark.model.spotted import Spotted
from hullmark.sieve.inside import GapMaker
from hullmark.sieve.tools import Tools

MAX_FILE_BYTES = 64 * 1024 * 1024
"""YARA wants a file whole in memory."""


class Signatures:
    """Our rules, compiled, and whose rule each is."""

    def __init__(self, tools: Tools) -> None:
        self._rules: dict[str, Rule] = {}
        for each in tools.signatures:
            self._rules[identifier(each.rule.id)] = each.rule
        self._scanner = yara_x.Scanner(tools.compiled) if tools.compiled else None
        self.has_own = False

    def found(self, file: File, suspected: Iterable[int], gap: GapMaker) -> Iterator[Spotted]:
        """Rules that fire on a file in which anchors of these signatures were found."""
        if not suspected or self._scanner is None:
            return
        if file.size > MAX_FILE_BYTES:
            gap(
                file.path,
                f"{file.size} bytes are more than the {MAX_FILE_BYTES} held against signatures",
            )
            return
        for fired in self._scanner.scan(file.data).matching_rules:
            rule = self._rules[fired.identifier]
            yield Spotted(
                rule=rule.id,
                kind=Kind.MALWARE,
                severity=rule.severity,
                path=file.path,
                layer=file.layer,
                says=f"matches the signature {fired.identifier}",
            )


def identifier(id: str) -> str:
    """A rule's name in YARA."""
    return id.replace("-", "_")
