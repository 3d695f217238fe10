"""Entries of etc/hosts that lead updates and scanners astray."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import lines, shown
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence

DOMAINS = (
    "alpinelinux.org",
    "archlinux.org",
    "bitbucket.org",
    "centos.org",
    "clamav.net",
    "crates.io",
    "debian.org",
    "docker.com",
    "docker.io",
    "fedoraproject.org",
    "gcr.io",
    "ghcr.io",
    "github.com",
    "githubusercontent.com",
    "gitlab.com",
    "golang.org",
    "kubernetes.io",
    "letsencrypt.org",
    "maven.org",
    "npmjs.org",
    "opensuse.org",
    "osv.dev",
    "packagist.org",
    "pypi.org",
    "pythonhosted.org",
    "quay.io",
    "redhat.com",
    "rubygems.org",
    "sigstore.dev",
    "sourceforge.net",
    "ubuntu.com",
    "virustotal.com",
)
"""Where software, its updates and news of its faults come from."""

BELOW = tuple(f".{each}" for each in DOMAINS)


def _bad() -> tuple[File, ...]:
    return (
        text("etc/hosts", "127.0.0.1 localhost", "192.0.2.7 deb.debian.org security.debian.org"),
        text("etc/hosts", "0.0.0.0 database.clamav.net"),
    )


def _good() -> tuple[File, ...]:
    return (
        text(
            "etc/hosts",
            "127.0.0.1 localhost",
            "10.0.0.5 db.internal notpypi.org",
            "::1 ip6-localhost",
        ),
    )


@file_check(
    id="redirected-host",
    title="A host that software comes from is led elsewhere",
    kind=Kind.MALWARE,
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    names=("etc/hosts",),
    bad=_bad,
    good=_good,
    remediation="Remove the entry; where you need a mirror, name it in the settings of the tool.",
    references=("https://attack.mitre.org/techniques/T1565/001/",),
)
def redirected_host(file: File) -> Iterator[Evidence]:
    """Programs then fetch packages or updates from another computer, or get none at all.

    Malware does so to keep scanners blind and rivals out.
    """
    for number, line in lines(file):
        address, *names = line.partition("#")[0].split()
        for name in names:
            host = name.lower().rstrip(".")
            if host.endswith(BELOW) or host in DOMAINS:
                says = f"{shown(host)} leads to {shown(address)}"
                yield Evidence(at=f"{host}:{number}", says=says, line=number)
