"""Modules of the RHEL family: packages of a stream are judged by that stream's advisories alone.

A module offers several streams of the same software (``nodejs:18``, ``nodejs:20``), built beside
each other and beside packages of no module. Their releases hold ``.module+el8`` or
``.module_el8``, and the rpm tag ``ModularityLabel`` names module and stream.
Format: https://docs.fedoraproject.org/en-US/modularity/
"""

from re import compile as regex

from hullmark.model import Package
from hullmark.model.advisory import Affected, Head

_built_for_module = regex(r"\.module[+_]").search
_streams = regex(r"(?<![\w.+-])([A-Za-z0-9][\w.+-]{0,99}:[\w.+-]{0,99}\w)").findall


def module_of(package: Package) -> str:
    """The stream that a package is of (``nodejs:18``); ``*`` for an unknown one, else nothing."""
    label = package.qualifiers.get("rpmmod") or package.qualifiers.get("modularitylabel") or ""
    if label:
        return ":".join(label.split(":")[:2])
    return "*" if package.type == "rpm" and _built_for_module(package.version) else ""


def is_of_other(module: str, affected: Affected) -> bool:
    """Whether versions of an advisory are of a module and the package is not, or the reverse.

    An advisory that names no version from which on it is fixed is about both.
    """
    fixed = [
        version for each in affected.ranges for event, version in each.events if version != "0"
    ]
    return bool(fixed) and any(map(_built_for_module, fixed)) != bool(module)


def is_of_other_stream(module: str, record: Head) -> bool:
    """Whether an advisory names streams, and that of the package is not among them."""
    if not module or module == "*":
        return False
    named = _streams(record.summary)
    return bool(named) and module not in named
