"""Everything that files are looked at with, made once before workers are forked."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import yara_x

from hullmark.checks.declare import anchors, bounds
from hullmark.checks.kinds import Detector, Signature
from hullmark.model.lookup import Lookup
from hullmark.sieve.alternatives import led, parts
from hullmark.sieve.database import Both, Database, Sought, database
from hullmark.sieve.encoded import in_base64
from hullmark.sieve.inside import START_BYTES
from hullmark.sieve.options import OwnRules
from hullmark.sieve.rules import compiled

MIN_BASE64_CHARS = 5
"""Of a keyword in base 64: shorter ones turn up by chance."""


class Meaning(NamedTuple):
    """What a hit is of: a detector, a detector's keyword in base 64, or a signature.

    ``shift`` says how the keyword lies in the base 64: its first whole character's place of four.
    """

    detector: int = -1
    signature: int = -1
    encoded: int = -1
    length: int = 0
    shift: int = 0


class Net(NamedTuple):
    """What a kind of file is searched for, and what each expression is of."""

    database: Database | Both
    meanings: Sequence[Meaning]


class Tools:
    """Detectors, signatures, and the databases that find where they may apply.

    Texts are searched for everything, other files for what is looked for in binaries:
    three quarters of an image's bytes are no text, in which passwords would be chance.
    What belongs into files of certain names alone is only searched for in those.
    ``own`` are the user's YARA rules, which every file is held against. Raises ``PolicyError``
    when they are none.
    """

    def __init__(
        self,
        detectors: Mapping[str, Detector],
        signatures: Mapping[str, Signature],
        folder: str,
        own: Sequence[OwnRules] = (),
    ) -> None:
        self.detectors = tuple(detectors.values())
        self.signatures = tuple(signatures.values())
        self.bounds = [bounds(each.yara) for each in self.signatures]
        self._names = Lookup[str]()
        for each in self.detectors:
            for name in each.names:
                self._names.add(name, each.rule.id)
        suspected = list(_of_signatures(self.signatures))
        of_no_program = [each for each in suspected if not self.bounds[each[1].signature][0]]
        found = list(_of_detectors(self.detectors))
        of_named = [each for each in found if self._is_named(each[1])]
        self.text = _net(
            [*(each for each in found if each not in of_named), *of_no_program], folder
        )
        self.named = _with(self.text, _net(of_named, folder))
        self.binary = _net([*_of_binary(self.detectors), *suspected], folder)
        self.for_programs = self._compiled(folder, elf=True)
        self.for_others = self._compiled(folder, elf=False)
        self.own = compiled([(each.path, each.text) for each in own], folder) if own else None

    def net(self, start: bytes | memoryview, path: str) -> Net:
        """What a file that begins like this is searched for."""
        if is_binary(start):
            return self.binary
        return self.named if self.is_named(path) else self.text

    def is_named(self, path: str) -> bool:
        """Whether a file's name alone has it searched for more than others are."""
        return bool(self._names.find(path))

    def _is_named(self, meaning: Meaning) -> bool:
        return meaning.detector >= 0 and bool(self.detectors[meaning.detector].names)

    def _compiled(self, folder: str, *, elf: bool) -> yara_x.Rules | None:
        """Rules for programs alone, or those for everything else and for both."""
        both = zip(self.signatures, self.bounds, strict=True)
        texts = [(each.rule.id, each.yara) for each, (only_elf, _) in both if only_elf == elf]
        return compiled(texts, folder) if texts else None


def is_binary(start: bytes | memoryview) -> bool:
    """Whether a file that begins like this is no text."""
    return b"\0" in bytes(start[:START_BYTES])


def _with(net: Net, more: Net) -> Net:
    """One net of both."""
    both = Both(net.database, more.database, len(net.meanings))
    return Net(both, [*net.meanings, *more.meanings])


def _net(listed: Sequence[tuple[Sought, Meaning]], folder: str) -> Net:
    found = database([sought for sought, _ in listed], folder)
    return Net(found, [meaning for _, meaning in listed])


def _of_binary(detectors: Sequence[Detector]) -> Iterator[tuple[Sought, Meaning]]:
    for index, each in enumerate(detectors):
        if each.binary:
            yield from _of_anchor(index, each)


def _of_anchor(index: int, detector: Detector) -> Iterator[tuple[Sought, Meaning]]:
    for part in parts(led(detector.anchor)):
        yield Sought(expression=part.encode()), Meaning(detector=index)


def _of_detectors(detectors: Sequence[Detector]) -> Iterator[tuple[Sought, Meaning]]:
    for index, each in enumerate(detectors):
        yield from _of_anchor(index, each)
        if not each.binary:
            continue  # in base 64 too it takes a form of its own to be told from chance
        for keyword in each.keywords:
            for text, shift in in_base64(keyword.encode()):
                if len(text) >= MIN_BASE64_CHARS:
                    meaning = Meaning(encoded=index, length=len(text), shift=shift)
                    yield Sought(expression=text, plain=True), meaning


def _of_signatures(signatures: Sequence[Signature]) -> Iterator[tuple[Sought, Meaning]]:
    for index, each in enumerate(signatures):
        for text, modifiers in anchors(each.yara):
            words = modifiers.split()
            plain = unquoted(text)
            any_case = "nocase" in words
            if "wide" in words:
                wide = b"".join(bytes((byte, 0)) for byte in plain)
                yield (
                    Sought(expression=wide, plain=True, any_case=any_case),
                    Meaning(signature=index),
                )
            if "wide" not in words or "ascii" in words:
                yield (
                    Sought(expression=plain, plain=True, any_case=any_case),
                    Meaning(signature=index),
                )


def unquoted(text: str) -> bytes:
    """A text string of YARA without its escapes.

    https://virustotal.github.io/yara-x/docs/writing_rules/patterns/#text-patterns
    """
    return text.encode().decode("unicode_escape").encode("latin-1")
