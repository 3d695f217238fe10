"""Programs that no distribution packaged, as the National Vulnerability Database calls them."""

from collections.abc import Mapping
from re import compile as regex

from hullmark.binaries import PROGRAMS
from hullmark.model import Package

CPE = "CPE"
"""The ecosystem of names as the NVD writes them."""

_FOUND_OTHERWISE = {("", "wordpress"): ("wordpress:wordpress",)}
"""Programs that a file of their own tells of, and no signature."""

_JAVA = ("jdk", "openjdk")

_portable = regex(r"p[0-9]+\Z").sub


def _by_name() -> Mapping[tuple[str, str], tuple[str, ...]]:
    found = {name: dict.fromkeys(cpes) for name, cpes in _FOUND_OTHERWISE.items()}
    for program in PROGRAMS:
        if program.type == "generic" and program.cpe:
            found.setdefault((program.namespace, program.name), {})[program.cpe] = None
    return {name: tuple(cpes) for name, cpes in found.items()}


NAMES = _by_name()
"""``vendor:product`` by namespace and name of the program; several where it goes by several."""


def cpes_of(package: Package) -> tuple[str, ...]:
    """Vendor and product of a program, under each name that it has; nothing for others."""
    if package.type != "generic":
        return ()
    return NAMES.get((package.namespace, package.name), ())


def numbered(package: Package) -> str:
    """The version as it is written there: OpenSSH's plain, and Java's without its build."""
    if package.name == "openssh":
        return _portable("", package.version)
    return package.version.partition("+")[0] if package.name in _JAVA else package.version
