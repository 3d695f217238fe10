"""How much a vulnerability matters: severity by its published scores, and a risk to sort by."""

from collections.abc import Container, Sequence
from functools import lru_cache

from msgspec import Struct

from hullmark.model import Package, ParseError, Severity
from hullmark.model.cvss import score
from hullmark.model.exposure import Exposure

OF_SEVERITY = 60
"""Points of 100 for a CVSS of 10."""

OF_EXPLOITATION = 40
"""Points of 100 for what attackers are known to use, or for an EPSS of 1."""

OF_PORTS = 0.05
"""Taken off where an image declares no port."""

OF_ROOT = 0.05
"""Taken off where an image does not run as root."""

OF_START = 0.1
"""Of what is missing to 100, added to what an image starts."""

WORDS = {
    "negligible": Severity.INFO,
    "unimportant": Severity.INFO,
    "untriaged": Severity.MEDIUM,
    "low": Severity.LOW,
    "moderate": Severity.MEDIUM,
    "medium": Severity.MEDIUM,
    "important": Severity.HIGH,
    "high": Severity.HIGH,
    "critical": Severity.CRITICAL,
    "notice": Severity.INFO,
    "unmaintained": Severity.INFO,
    "unsound": Severity.LOW,
}
"""Words of distributions, of GitHub and of RustSec for how severe something is."""

_MIDDLE = {
    Severity.INFO: 0.0,
    Severity.LOW: 2.5,
    Severity.MEDIUM: 5.5,
    Severity.HIGH: 8.0,
    Severity.CRITICAL: 9.5,
}
"""A CVSS in the middle of each severity, where there is a word alone."""

_score = lru_cache(maxsize=100_000)(score)


class Weight(Struct, frozen=True, kw_only=True):
    """``says`` names what the severity rests on; ``risk`` is from 0 to 100."""

    severity: Severity
    risk: float
    says: str


def weight(severities: Sequence[tuple[str, str]], *, exploited: str, epss: float | None) -> Weight:
    """The weight of a vulnerability by what is published of it.

    ``severities`` are (who or what, vector or word), the nearest to the package first: a word of
    its distribution or a vector in its own record goes before what others say. ``exploited`` is
    since when attackers are known to use it, empty if they are not. Without any severity it is
    taken for medium, and said to be.
    """
    severity, points, says = _severity(severities)
    use = 1.0 if exploited else epss or 0.0
    if exploited:
        says = f"{says}, used by attackers since {exploited} (KEV)"
    elif epss is not None:
        says = f"{says}, EPSS {epss:.1%}"
    risk = points / 10 * OF_SEVERITY + use * OF_EXPLOITATION
    return Weight(severity=severity, risk=round(risk, 1), says=says)


class Exposed:
    """How an image's configuration changes the risk of what is in it.

    ``owners`` are purl type and name of the distribution packages that own what it starts. Where
    there is no ``exposure``, as of a tree, every risk stays what it is.
    """

    def __init__(
        self, exposure: Exposure | None = None, owners: Container[tuple[str, str]] = ()
    ) -> None:
        self._owners = owners
        self._files = exposure.files if exposure else frozenset()
        self._share = 1.0
        if exposure and not exposure.ports:
            self._share -= OF_PORTS
        if exposure and not exposure.root:
            self._share -= OF_ROOT

    def starts(self, package: Package) -> bool:
        """Whether the image starts a package's file, or one that the package owns."""
        file = package.path.partition("!/")[0]
        return file in self._files or (package.type, package.name) in self._owners

    def risk(self, risk: float, *, started: bool) -> float:
        """What a risk is in this image; at most 100, as it was."""
        here = risk * self._share
        return round(here + (100 - here) * OF_START if started else here, 1)


def _severity(severities: Sequence[tuple[str, str]]) -> tuple[Severity, float, str]:
    for kind, value in severities:
        if (word := WORDS.get(value.lower())) is not None:
            return word, _MIDDLE[word], f"{value.lower()} by {kind}"
        try:
            scored = _score(value)
        except ParseError:
            continue
        told = f"CVSS {scored.version} {scored.overall}"
        return scored.severity, scored.overall, told
    return (
        Severity.MEDIUM,
        _MIDDLE[Severity.MEDIUM],
        "no severity that can be read is published: taken for medium",
    )
