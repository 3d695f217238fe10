"""Exemptions by what they say, so that a finding is held against those alone that may fit it."""

from collections.abc import Sequence
from itertools import product

from hullmark.model import Finding, Package
from hullmark.model.exemption import Exemption

_WHOLE = -1
_UNSAID = 0
_NOTHING = [""]
"""What stands in a key where nothing is said, or a star begins."""

Shape = tuple[int, ...]
"""For id, purl, package and path: whole, unsaid, or how many characters stand before a star."""


class Index:
    """Exemptions in their order, found by texts that are written out in them."""

    def __init__(self, exemptions: Sequence[Exemption]) -> None:
        self._exemptions = exemptions
        self._by: dict[Shape, dict[tuple[str, ...], list[int]]] = {}
        for number, each in enumerate(exemptions):
            bare = each.purl.partition("#")[0].partition("?")[0]
            said = (each.id, bare, each.package, each.path)
            shape = (
                _length(each.id),
                _WHOLE if each.purl else _UNSAID,  # a star in a purl is a letter like any other
                _length(each.package),
                _length(each.path),
            )
            key = tuple(_cut(text, length) for text, length in zip(said, shape, strict=True))
            self._by.setdefault(shape, {}).setdefault(key, []).append(number)

    def near(self, finding: Finding, package: Package | None) -> list[Exemption]:
        """Those that may fit, in their order; whoever asks compares them in full."""
        values = (
            (finding.rule, *finding.aliases),
            _beginnings(finding.subject),
            (package.full_name,) if package else (),
            (finding.evidence.path,),
        )
        found: set[int] = set()
        for shape, known in self._by.items():
            parts = [
                _NOTHING if length == _UNSAID else [_cut(text, length) for text in texts]
                for texts, length in zip(values, shape, strict=True)
            ]
            for key in product(*parts):
                if numbers := known.get(key):
                    found.update(numbers)
        return [self._exemptions[number] for number in sorted(found)]


def _length(text: str) -> int:
    if not text:
        return _UNSAID
    return text.index("*") if "*" in text else _WHOLE


def _cut(text: str, length: int) -> str:
    return text if length == _WHOLE else text[:length]


def _beginnings(subject: str) -> tuple[str, ...]:
    """A purl, and all that stands in it before its version, qualifiers or subpath."""
    at = [number for number, char in enumerate(subject) if char in "@?#"]
    return (subject, *(subject[:number] for number in at))
