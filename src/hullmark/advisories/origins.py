"""Packages that somebody other than the distribution built: its advisories are not about them.

A package counts as somebody else's only where something tells of them: rpm's tag ``Vendor``, the
fields ``Origin``, ``Vendor`` and ``Maintainer`` of dpkg, and marks that vendors put in versions.
"""

from collections.abc import Iterator, Mapping
from re import compile as regex

from hullmark.advisories import UNIT
from hullmark.model import Distribution, Gap, Package

OWN: Mapping[str, tuple[str, ...]] = {
    "almalinux": ("almalinux", "cloudlinux"),
    "amzn": ("amazon",),
    "azurelinux": ("microsoft",),
    "centos": ("centos", "red hat"),
    "fedora": ("fedora",),
    "mariner": ("microsoft",),
    "ol": ("oracle",),
    "opensuse-leap": ("suse",),
    "opensuse-leap-micro": ("suse",),
    "opensuse-tumbleweed": ("suse",),
    "photon": ("vmware", "broadcom"),
    "rhel": ("red hat",),
    "rocky": ("rocky",),
    "sl-micro": ("suse",),
    "sle-micro": ("suse",),
    "sled": ("suse",),
    "sles": ("suse",),
    "sles_sap": ("suse",),
}
"""By os-release's id, words of which one stands in ``Vendor`` of the rpms that it builds."""

MAINTAINERS: Mapping[str, str] = {
    "chromium.org": "Google Chrome",
    "cloudflare.com": "Cloudflare",
    "confluent.io": "Confluent",
    "datadoghq.com": "Datadog",
    "docker.com": "Docker",
    "elastic.co": "Elastic",
    "f5.com": "NGINX",
    "gitlab.com": "GitLab",
    "grafana.com": "Grafana",
    "hashicorp.com": "HashiCorp",
    "influxdata.com": "InfluxData",
    "kubernetes.io": "Kubernetes",
    "microsoft.com": "Microsoft",
    "mongodb.com": "MongoDB",
    "nginx.com": "NGINX",
    "nodesource.com": "NodeSource",
    "nvidia.com": "NVIDIA",
    "oss.oracle.com": "Oracle",
    "percona.com": "Percona",
    "proxmox.com": "Proxmox",
    "redis.com": "Redis",
    "redis.io": "Redis",
    "tailscale.com": "Tailscale",
    "zabbix.com": "Zabbix",
}
"""Whose address, by its domain, stands in ``Maintainer`` of debs that vendors offer themselves."""

MARKS: Mapping[str, str] = {
    ".pgdg": "PostgreSQL's own repository",
    "deb.sury.org": "deb.sury.org",
    "nodesource": "NodeSource",
    "~ppa": "a personal archive of Launchpad",
    "+ppa": "a personal archive of Launchpad",
    "+rpt": "Raspberry Pi",
}
"""What vendors put in the versions of debs that they rebuild, where Debian and Ubuntu do not."""

_NAMES = {
    "Google Cloud CLI Authors <https://code.google.com/p/google-cloud-sdk/>": "Google Cloud",
}
"""Maintainers who give no address of mail."""

MAX_NAMED = 10
"""Packages of a vendor that a gap names; of more it tells how many there are."""

MAX_VENDORS = 100
"""Vendors with a gap of their own."""

_OTHERS = "other vendors"
_AGENCIES = ("debian", "ubuntu")
_mail_domain = regex(r"<[^<>@\s]{1,100}@([A-Za-z0-9.-]{1,100})>").search

_NOBODY = frozenset(("", "(none)", "none", "unknown"))
_UNNAMED = "a vendor without a name"


class Foreign:
    """Packages that are not judged by their distribution's advisories, by who built them."""

    def __init__(self, distribution: Distribution | None) -> None:
        self._distribution = distribution
        self._built: dict[str, dict[str, None]] = {}

    def is_of_other(self, package: Package) -> bool:
        """Whether somebody else built it; then it is told as a gap."""
        vendor = vendor_of(package, self._distribution)
        if vendor and vendor not in self._built and len(self._built) >= MAX_VENDORS:
            vendor = _OTHERS
        if vendor:
            self._built.setdefault(vendor, {})[package.name] = None
        return bool(vendor)

    def gaps(self) -> Iterator[Gap]:
        """One for each vendor."""
        for vendor, names in self._built.items():
            named = sorted(names)
            listed = ", ".join(named[:MAX_NAMED])
            more = f" and {len(named) - MAX_NAMED} more" if len(named) > MAX_NAMED else ""
            count = f"{len(named)} package{'s' if len(named) > 1 else ''}"
            why = f"{count} that the distribution did not build and its advisories do not judge"
            yield Gap(unit=UNIT, subject=vendor, why=f"{why}: {listed}{more}")


def vendor_of(package: Package, distribution: Distribution | None) -> str:
    """Who built a package, where that is known to be somebody other than the distribution."""
    if distribution is None:
        return ""
    if package.type == "rpm":
        return _of_rpm(package.vendor, OWN.get(distribution.id, ()))
    if package.type == "deb" and distribution.id in _AGENCIES:
        return _of_deb(package)
    return ""


def _of_rpm(vendor: str, own: tuple[str, ...]) -> str:
    """A vendor that is not the distribution; of an unknown distribution none can be told."""
    told = vendor.lower().strip()
    if not own or told in _NOBODY or any(word in told for word in own):
        return ""
    return vendor.strip()


def _of_deb(package: Package) -> str:
    for mark, vendor in MARKS.items():
        if mark in package.version:
            return vendor
    vendor = package.vendor
    if "<" not in vendor:
        return _UNNAMED if vendor.lower() in _NOBODY and vendor else vendor
    if vendor in _NAMES:
        return _NAMES[vendor]
    if found := _mail_domain(vendor):
        domain = found[1].lower()
        return next((MAINTAINERS[each] for each in _above(domain) if each in MAINTAINERS), "")
    return ""


def _above(domain: str) -> list[str]:
    """A domain and those it is part of."""
    parts = domain.split(".")
    return [".".join(parts[index:]) for index in range(len(parts))]
