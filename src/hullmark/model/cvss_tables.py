"""Metrics of CVSS 2.0, 3.0 and 3.1: the values that each may have and their weights.

Specifications: https://www.first.org/cvss/v2/guide (section 3.2),
https://www.first.org/cvss/v3.0/specification-document (section 8.4),
https://www.first.org/cvss/v3.1/specification-document (section 7.4)
"""

from collections.abc import Mapping
from decimal import Decimal

Weights = Mapping[str, Decimal]


def _weights(text: str) -> Weights:
    pairs = (each.split("=") for each in text.split())
    return {value: Decimal(weight) for value, weight in pairs}


def _modified(metrics: Mapping[str, Weights], names: tuple[str, ...]) -> dict[str, Weights]:
    """What the environment may put in the place of base metrics; X leaves them as they are."""
    return {f"M{name}": {"X": Decimal(1), **metrics[name]} for name in names}


REQUIREMENTS = ("CR", "IR", "AR")

TWO_BASE = ("AV", "AC", "Au", "C", "I", "A")
TWO_ENVIRONMENTAL = ("CDP", "TD", *REQUIREMENTS)
TWO: dict[str, Weights] = {
    "AV": _weights("L=0.395 A=0.646 N=1"),
    "AC": _weights("H=0.35 M=0.61 L=0.71"),
    "Au": _weights("M=0.45 S=0.56 N=0.704"),
    **dict.fromkeys("CIA", _weights("N=0 P=0.275 C=0.66")),
    "E": _weights("U=0.85 POC=0.9 F=0.95 H=1 ND=1"),
    "RL": _weights("OF=0.87 TF=0.9 W=0.95 U=1 ND=1"),
    "RC": _weights("UC=0.9 UR=0.95 C=1 ND=1"),
    "CDP": _weights("N=0 L=0.1 LM=0.3 MH=0.4 H=0.5 ND=0"),
    "TD": _weights("N=0 L=0.25 M=0.75 H=1 ND=1"),
    **dict.fromkeys(REQUIREMENTS, _weights("L=0.5 M=1 H=1.51 ND=1")),
}

THREE_BASE = ("AV", "AC", "PR", "UI", "S", "C", "I", "A")
_THREE_STATED: dict[str, Weights] = {
    "AV": _weights("N=0.85 A=0.62 L=0.55 P=0.2"),
    "AC": _weights("L=0.77 H=0.44"),
    "PR": _weights("N=0.85 L=0.62 H=0.27"),
    "UI": _weights("N=0.85 R=0.62"),
    "S": _weights("U=1 C=1.08"),
    **dict.fromkeys("CIA", _weights("H=0.56 L=0.22 N=0")),
    "E": _weights("X=1 H=1 F=0.97 P=0.94 U=0.91"),
    "RL": _weights("X=1 U=1 W=0.97 T=0.96 O=0.95"),
    "RC": _weights("X=1 C=1 R=0.96 U=0.92"),
    **dict.fromkeys(REQUIREMENTS, _weights("X=1 H=1.5 M=1 L=0.5")),
}
THREE = {**_THREE_STATED, **_modified(_THREE_STATED, THREE_BASE)}
THREE_PRIVILEGES_CHANGED = _weights("N=0.85 L=0.68 H=0.5")
THREE_MODIFIED = tuple(f"M{name}" for name in THREE_BASE)
THREE_ENVIRONMENTAL = (*REQUIREMENTS, *THREE_MODIFIED)
