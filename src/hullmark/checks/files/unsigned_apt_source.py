"""Sources of apt whose packages are installed whoever made them."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import shown
from hullmark.checks.package_sources import APT_DEB822, APT_SOURCES, apt_sources
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

OPTIONS = ("trusted", "allow-insecure", "allow-weak", "allow-downgrade-to-insecure")


def _bad() -> tuple[File, ...]:
    return (
        text("etc/apt/sources.list", "deb [trusted=yes] http://repo.example/debian ./"),
        text(
            "etc/apt/sources.list.d/x.sources",
            "Types: deb",
            "URIs: https://repo.example/debian",
            "Suites: stable",
            "Trusted: yes",
        ),
    )


def _good() -> tuple[File, ...]:
    return (
        text(
            "etc/apt/sources.list",
            "# deb [trusted=yes] http://repo.example/debian ./",
            "deb [arch=amd64 signed-by=/usr/share/keyrings/x.gpg] https://repo.example/debian x y",
        ),
        text(
            "etc/apt/sources.list.d/x.sources",
            "Types: deb",
            "URIs: https://repo.example/debian",
            "Trusted: yes",
            "Enabled: no",
        ),
    )


@file_check(
    id="unsigned-apt-source",
    title="Packages of a source are installed without a signature",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.HIGH,
    names=(*APT_SOURCES, *APT_DEB822),
    bad=_bad,
    good=_good,
    remediation="Remove the option, and name the source's key with signed-by.",
    references=("https://manpages.debian.org/stable/apt/sources.list.5.en.html",),
)
def unsigned_apt_source(file: File) -> Iterator[Evidence]:
    """Whoever runs the source, or sits between it and you, decides what is installed as root."""
    for source in apt_sources(file):
        for option in OPTIONS:
            if source.options.get(option) in ("yes", "true", "1"):
                says = f"source {shown(source.uri)} has {option}=yes"
                at = f"{source.uri}:{source.number}:{option}"
                yield Evidence(at=at, says=says, line=source.number)
