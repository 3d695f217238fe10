"""Sources of apt beside the distribution's that are reached without TLS."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import shown
from hullmark.checks.package_sources import APT_DEB822, APT_SOURCES, apt_sources
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

DISTRIBUTIONS = ("debian.org", "ubuntu.com", "kali.org", "raspberrypi.com", "raspbian.org")
"""These sign what they publish, and name no other way in their own images."""


def _bad() -> tuple[File, ...]:
    return (text("etc/apt/sources.list", "deb http://repo.example/debian stable main"),)


def _good() -> tuple[File, ...]:
    return (
        text(
            "etc/apt/sources.list",
            "deb http://mirror.debian.org/debian stable main",
            "deb https://repo.example/debian stable main",
        ),
    )


@file_check(
    id="plain-http-apt-source",
    title="A source of packages is reached without TLS",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.LOW,
    names=(*APT_SOURCES, *APT_DEB822),
    bad=_bad,
    good=_good,
    remediation="Write https:// where the source has it.",
    references=("https://manpages.debian.org/stable/apt/apt-transport-https.1.en.html",),
)
def plain_http_apt_source(file: File) -> Iterator[Evidence]:
    """Who sits between can read what is installed and hold updates back; signatures stop the rest.

    Sources that many small makers run are often not signed at all.
    """
    for source in apt_sources(file):
        scheme, _, rest = source.uri.partition("://")
        host = rest.partition("/")[0].partition(":")[0].lower()
        if scheme.lower() not in ("http", "ftp") or not host:
            continue
        if host in DISTRIBUTIONS or host.endswith(tuple(f".{each}" for each in DISTRIBUTIONS)):
            continue
        says = f"source {shown(host)} is reached by {scheme.lower()}"
        yield Evidence(at=f"{source.uri}:{source.number}", says=says, line=source.number)
