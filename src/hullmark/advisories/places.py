"""Where advisories of a package are found: ecosystem and name as OSV has them, and the order.

Ecosystems: https://ossf.github.io/osv-schema/#defined-ecosystems
"""

from collections.abc import Iterator, Mapping
from re import compile as regex

from msgspec import Struct
from msgspec.structs import replace

from hullmark.advisories.cpes import CPE, cpes_of, numbered
from hullmark.advisories.modules import module_of
from hullmark.advisories.programs import (
    KERNEL,
    comparable,
    names_of,
    release_of_go,
    release_of_kernel,
)
from hullmark.model import Distribution, Package
from hullmark.model.ecosystems import (
    ANY_MODULE,
    OF_SOURCE,
    flavoured,
    of_module,
    of_source,
    red_hat,
)

SCHEMES: Mapping[str, tuple[str, str]] = {
    "bitnami": ("Bitnami", "bitnami"),
    "cargo": ("crates.io", "semver"),
    "composer": ("Packagist", "composer"),
    "conda": ("Conda", "conda"),
    "cran": ("CRAN", "cran"),
    "gem": ("RubyGems", "gem"),
    "golang": ("Go", "go"),
    "hackage": ("Hackage", "hackage"),
    "hex": ("Hex", "hex"),
    "maven": ("Maven", "maven"),
    "npm": ("npm", "npm"),
    "nuget": ("NuGet", "nuget"),
    "pub": ("Pub", "pub"),
    "pypi": ("PyPI", "pep440"),
    "swift": ("SwiftURL", "swift"),
}
"""Ecosystem and order of versions by purl type, where no distribution built the package."""

OF_SYSTEM: Mapping[str, str] = {"apk": "apk", "deb": "dpkg", "rpm": "rpm"}
"""Order of versions of distributions by purl type."""

_ROLLING = {"chainguard": "Chainguard", "wolfi": "Wolfi"}
_MAJOR = {
    "almalinux": "AlmaLinux",
    "amzn": "Amazon Linux",
    "debian": "Debian",
    "ol": "Oracle Linux",
    "rocky": "Rocky Linux",
}
_LONG_TERM = regex(r"[0-9]?[02468]\.04\Z").match
"""Ubuntu's releases with long term support: every other April."""

_of_pro = regex(r"[+~]esm[0-9]+\Z").search
"""Versions of Ubuntu's that only subscribers get."""

_RED_HAT = ("centos", "rhel")
_SUSE = {
    "opensuse-leap": "openSUSE:Leap",
    "opensuse-leap-micro": "openSUSE:Leap Micro",
    "sl-micro": "SUSE:Linux Micro",
    "sle-micro": "SUSE:Linux Enterprise Micro",
}
_SUSE_SERVER = ("sled", "sles", "sles_sap")
_SUSE_ALL = (*_SUSE, *_SUSE_SERVER, "opensuse-tumbleweed")
_OF_VENDORS = ("Red Hat:", "SUSE:", "openSUSE:")
_has_service_packs = regex(r"(?:[0-9]|1[0-5])\Z").match
"""SUSE's releases whose minor numbers are service packs."""

_separators = regex(r"[-_.]+").sub


_MIXED_MODULES = ("almalinux", "rocky")
"""Whose advisories name packages of modules as they name others."""


class Place(Struct, frozen=True, kw_only=True):
    """What to look for. ``version`` is that of ``name``, which may be a source package.

    With ``fixed_only`` what names no fix says nothing of it. ``module`` is the stream that an rpm
    is of, empty for none; ``None`` where advisories do not mix those of modules with others.
    """

    ecosystem: str
    name: str
    version: str
    scheme: str
    fixed_only: bool = False
    module: str | None = None

    @property
    def called(self) -> str:
        """The name without what tells vendors, modules and sources apart from others."""
        if self.ecosystem == CPE:
            return self.name.rpartition(":")[2]
        if self.ecosystem.startswith(_OF_VENDORS):
            return self.name.rpartition("::")[2].removesuffix(OF_SOURCE)
        return self.name


def places_of(package: Package, distribution: Distribution | None) -> tuple[Place, ...]:
    """Where to look for a package; nowhere when no ecosystem of advisories is its own."""
    if scheme := OF_SYSTEM.get(package.type):
        return _of_system(package, distribution, scheme)
    if package.type not in SCHEMES:
        return tuple(_further(package, package.version, "generic"))
    if package.type == "maven" and not package.namespace:
        return ()
    ecosystem, scheme = SCHEMES[package.type]
    name, version = package.full_name, package.version
    if package.type == "pypi":
        name = _separators("-", name).lower()
    elif package.type == "composer":
        name = name.lower()
    elif package.type == "golang":
        version = comparable(package)
        version = release_of_go(version) if name == "stdlib" else version
    own = Place(ecosystem=ecosystem, name=name, version=version, scheme=scheme)
    return (own, *_further(package, version, scheme))


def why_nowhere(package: Package, distribution: Distribution | None) -> str:
    """Why there is no place to look for a package."""
    if package.type == "maven":
        return "which group these packages are of is unknown"
    if package.type not in OF_SYSTEM:
        return "no ecosystem of advisories covers packages of this type"
    if distribution is None:
        return "which distribution these packages are from is unknown"
    if not distribution.version:
        called = distribution.name or distribution.id
        return f"no release that advisories are about is told by {called}"
    return f"no advisories of {distribution.id} {distribution.version} are read"


def _further(package: Package, version: str, scheme: str) -> Iterator[Place]:
    """Places of programs that are told of under other names than their own."""
    for ecosystem, name in names_of(package):
        if (ecosystem, name) == KERNEL:
            version = release_of_kernel(version)
        yield Place(
            ecosystem=ecosystem,
            name=name,
            version=version,
            scheme=scheme,
            fixed_only=package.type == "golang",
        )
    for name in cpes_of(package):
        yield Place(ecosystem=CPE, name=name, version=numbered(package), scheme="generic")


def _of_system(
    package: Package, distribution: Distribution | None, scheme: str
) -> tuple[Place, ...]:
    ecosystem = release_of(distribution) if distribution else ""
    if not ecosystem:
        return ()
    if _of_pro(package.version):
        ecosystem = ecosystem.replace("Ubuntu:", "Ubuntu:Pro:")
    by_binary = package.type == "rpm"
    name = package.name if by_binary else package.source or package.name
    version = "" if by_binary else package.source_version
    version = version or _with_epoch(package)
    own = Place(ecosystem=ecosystem, name=name, version=version, scheme=scheme)
    if distribution and distribution.id in _MIXED_MODULES:
        return (replace(own, module=module_of(package)),)
    if by_binary and distribution and distribution.id == "ol":
        return (_of_oracle(package, own),)
    if not by_binary or not distribution or distribution.id not in (*_RED_HAT, *_SUSE_ALL):
        return (own,)
    return tuple(_of_vendor(package, own))


def _with_epoch(package: Package) -> str:
    """The version of a package; bills of materials tell a deb's epoch beside it too."""
    version, epoch = package.version, package.qualifiers.get("epoch")
    return f"{epoch}:{version}" if epoch and ":" not in version else version


def _of_oracle(package: Package, own: Place) -> Place:
    """Oracle tells of packages by module, and by what they were built for."""
    return replace(own, name=of_module(module_of(package), flavoured(own.name, own.version)))


def _of_vendor(package: Package, own: Place) -> Iterator[Place]:
    """Red Hat and SUSE tell of packages, of those of a module by its name, and of sources."""
    module = module_of(package)
    yield replace(own, name=of_module(module, own.name))
    if module and module != ANY_MODULE:
        yield replace(own, name=of_module(ANY_MODULE, own.name))
    if package.source and package.source_version:
        name = of_module(module, of_source(package.source))
        yield replace(own, name=name, version=package.source_version)


def release_of(distribution: Distribution) -> str:
    """A distribution's release as OSV names it, e.g. ``Debian:12``; empty for others."""
    id, version = distribution.id, distribution.version
    if id in _ROLLING:
        return _ROLLING[id]
    if id == "ubuntu" and version:
        return f"Ubuntu:{version}{':LTS' if _LONG_TERM(version) else ''}"
    if id == "alpine" and version:
        return f"Alpine:v{'.'.join(version.split('.')[:2])}"
    if id in _MAJOR and version:
        return f"{_MAJOR[id]}:{_major(id, version)}"
    if id in _RED_HAT and version:
        return red_hat(version.partition(".")[0])
    return _suse(id, version) if id in _SUSE_ALL else ""


def _major(id: str, version: str) -> str:
    """Amazon's first release had a year and month for each of its images: ``2018.03``."""
    major = version.partition(".")[0]
    return "1" if id == "amzn" and major.startswith("201") else major


def _suse(id: str, version: str) -> str:
    """``SUSE:Linux Enterprise Server 15 SP6`` of 15.6, and what is numbered plainly."""
    if id == "opensuse-tumbleweed":
        return "openSUSE:Tumbleweed"
    if id not in _SUSE_SERVER or not version:
        return f"{_SUSE[id]} {version}" if id in _SUSE and version else ""
    major, _, minor = version.partition(".")
    if not _has_service_packs(major):
        return f"SUSE:Linux Enterprise Server {version}"
    pack = f" SP{minor}" if minor not in ("", "0") else ""
    return f"SUSE:Linux Enterprise Server {major}{pack}"
