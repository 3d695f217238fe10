"""Releases of Kubernetes, by their minor number: what is right depends on the cluster's.

Reference: https://kubernetes.io/releases/version-skew-policy/
"""

from re import compile as regex

OLDEST, NEWEST = 19, 37
"""Minor numbers between which checks know what changed: from seccomp's fields on until today."""

_release = regex(r"[vV]?1\.([0-9]{1,3})(?:\.[0-9]{1,4})?(?:[-+][0-9A-Za-z.+-]{1,60})?").fullmatch


def minor_of(text: str) -> int:
    """The minor number of ``1.29``, ``v1.29.3`` or ``v1.29.3-gke.100``.

    Raises ``ValueError``, which names the range, for what is none or lies outside.
    """
    found = _release(text.strip())
    minor = int(found[1]) if found else -1
    if not OLDEST <= minor <= NEWEST:
        hint = "; YAML takes 1.30 for a number, '1.30' is text" if text in ("1.2", "1.3") else ""
        raise ValueError(f"{text!r} is no release from 1.{OLDEST} to 1.{NEWEST}{hint}")
    return minor
