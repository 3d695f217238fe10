"""Apt that takes lists of packages however old they are."""

from collections.abc import Iterator
from re import IGNORECASE
from re import compile as regex

from hullmark.checks.declare import file_check
from hullmark.checks.lines import lines
from hullmark.checks.package_sources import APT_DEB822, APT_SOURCES, apt_sources
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

_off = regex(r"\bCheck-Valid-Until\s{0,9}\"?(?:false|no|0|off)\b", IGNORECASE)


def _bad() -> tuple[File, ...]:
    return (
        text("etc/apt/apt.conf.d/99x", 'Acquire::Check-Valid-Until "false";'),
        text("etc/apt/sources.list", "deb [check-valid-until=no] https://repo.example/x y z"),
    )


def _good() -> tuple[File, ...]:
    return (
        text("etc/apt/apt.conf.d/99x", '// Acquire::Check-Valid-Until "false";'),
        text("etc/apt/sources.list", "deb https://repo.example/x y z"),
    )


@file_check(
    id="expired-apt-data-accepted",
    title="Apt takes lists of packages however old they are",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.LOW,
    names=("etc/apt/apt.conf", "etc/apt/apt.conf.d/*", *APT_SOURCES, *APT_DEB822),
    bad=_bad,
    good=_good,
    remediation="Remove the setting from the image once its packages are installed.",
    references=("https://manpages.debian.org/stable/apt/apt.conf.5.en.html",),
)
def expired_apt_data_accepted(file: File) -> Iterator[Evidence]:
    """Who sits between can hand out last year's list, and updates of security never come.

    Builds from a snapshot need it for a while; images that others build on do not.
    """
    if "/apt.conf" in file.path:
        for number, line in lines(file, ("#", "//")):
            if _off.search(line):
                at = f"Check-Valid-Until:{number}"
                yield Evidence(at=at, says="Check-Valid-Until is off", line=number)
        return
    for source in apt_sources(file):
        if source.options.get("check-valid-until") == "no":
            at = f"{source.uri}:{source.number}"
            yield Evidence(at=at, says="a source has check-valid-until=no", line=source.number)
