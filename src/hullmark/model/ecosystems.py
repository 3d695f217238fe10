"""Names of ecosystems and packages under which advisories are kept and packages looked up.

Red Hat's and SUSE's advisories are on products: repositories and modules of one release. A
system does not say which of them a package is from, so those of a release are kept as one.
"""

from collections.abc import Mapping
from re import compile as regex

from hullmark.model.advisory import Affected

_RED_HAT = regex(r"Red Hat:enterprise_linux:([0-9]+)(?:[.:].*)?\Z").match
_SUSE_MODULE = regex(r"SUSE:Linux Enterprise Module for .+ ([0-9]+(?:\.[0-9]+)?(?: SP[0-9]+)?)\Z")
_OF_MODULE = ".module+el"
"""Stands in the releases of all rpms that Red Hat builds for a module."""

_FLAVOURS = {".ksplice": "ksplice", "_fips": "fips"}

FED = {"Amazon Linux": "amazon-updateinfo", "CPE": "nvd", "Oracle Linux": "oracle-oval"}
"""Feeds by the ecosystem that they alone tell of: OSV.dev has none of these."""

TOLD_BY: Mapping[str, tuple[str, ...]] = {
    "alpine-secdb": ("Alpine", "Chainguard", "Wolfi"),
    "amazon-updateinfo": ("Amazon Linux",),
    "csaf-redhat": ("Red Hat",),
    "csaf-suse": ("SUSE", "openSUSE"),
    "debian-tracker": ("Debian",),
    "ghsa": (
        *("Go", "Hex", "Maven", "NuGet", "Packagist", "Pub", "PyPI", "RubyGems", "SwiftURL"),
        *("crates.io", "npm"),
    ),
    "nvd": ("CPE",),
    "oracle-oval": ("Oracle Linux",),
    "ubuntu-osv": ("Ubuntu",),
}
"""Ecosystems of which a publisher's feed tells all that it knows; somebody's own tells of none."""

OF_SOURCE = ".src"
"""Ends the names of source packages where packages go by their own."""

ANY_MODULE = "*"
"""Where an advisory is on a package of a module and does not say of which."""


def told_by(feed: str) -> tuple[str, ...]:
    """Ecosystems, without their releases, of which what is on hand under this name tells all."""
    kind, colon, rest = feed.partition(":")
    return TOLD_BY.get(rest.partition(":")[0], ()) if colon else (kind,)


def red_hat(major: str) -> str:
    """Packages of a release of Red Hat Enterprise Linux, from whichever repository."""
    return f"Red Hat:enterprise_linux:{major}"


def kept(ecosystem: str) -> str:
    """The ecosystem under which advisories of this one are kept; most are their own."""
    if found := _RED_HAT(ecosystem):
        return red_hat(found[1])
    if found := _SUSE_MODULE.match(ecosystem):
        return f"SUSE:Linux Enterprise Server {found[1]}"
    return ecosystem


def of_module(module: str, name: str) -> str:
    """The name of a package of a module (``nodejs:18``): another package than without one."""
    return f"{module}::{name}" if module else name


def flavoured(name: str, version: str) -> str:
    """The name of an rpm that Oracle builds for Ksplice or for FIPS: another package than others.

    Their releases hold ``.ksplice1`` or ``_fips``, and are not in one order with those without.
    """
    for mark, flavour in _FLAVOURS.items():
        if mark in version:
            return f"{name}::{flavour}"
    return name


def of_source(name: str) -> str:
    """The name of a source package where packages go by their own names."""
    return f"{name}{OF_SOURCE}"


def kept_name(affected: Affected) -> str:
    """A name as advisories are kept: OSV's on Red Hat's modules name none."""
    if not affected.ecosystem.startswith("Red Hat:") or "::" in affected.name:
        return affected.name
    events = (version for each in affected.ranges for _, version in each.events)
    return of_module(
        ANY_MODULE if any(_OF_MODULE in each for each in events) else "", affected.name
    )
