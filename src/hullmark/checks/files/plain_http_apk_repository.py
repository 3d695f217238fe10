"""Repositories of apk that are reached without TLS."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import lines, shown
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


def _bad() -> tuple[File, ...]:
    return (text("etc/apk/repositories", "@edge http://apk.example/edge/main"),)


def _good() -> tuple[File, ...]:
    return (text("etc/apk/repositories", "https://apk.example/main", "# http://x", "/media/apks"),)


@file_check(
    id="plain-http-apk-repository",
    title="A repository of packages is reached without TLS",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.LOW,
    names=("etc/apk/repositories", "etc/apk/repositories.d/*.list"),
    bad=_bad,
    good=_good,
    remediation="Write https:// in front of the repository.",
    references=("https://wiki.alpinelinux.org/wiki/Repositories",),
)
def plain_http_apk_repository(file: File) -> Iterator[Evidence]:
    """Who sits between reads what is installed and holds updates back; signatures stop the rest."""
    for number, line in lines(file):
        address = line.split()[-1]
        if address.lower().startswith(("http://", "ftp://")):
            host = address.partition("://")[2].partition("/")[0]
            says = f"repository {shown(host)} is reached without TLS"
            yield Evidence(at=f"{address}:{number}", says=says, line=number)
