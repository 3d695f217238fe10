"""Settings of apt that let it install what nobody signed."""

from collections.abc import Iterator
from re import IGNORECASE

from hullmark.checks.declare import file_check
from hullmark.checks.lines import lines
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind
from hullmark.model.later import regex

_yes = regex(
    r"\b(AllowUnauthenticated|AllowInsecureRepositories|AllowDowngradeToInsecureRepositories"
    r"|Force-Yes)\s{0,9}\"?(?:true|yes|1|on)\b",
    IGNORECASE,
)
_no = regex(r"\b(Verify-Peer|Verify-Host)\s{0,9}\"?(?:false|no|0|off)\b", IGNORECASE)


def _bad() -> tuple[File, ...]:
    return (
        text("etc/apt/apt.conf.d/99x", 'APT::Get::AllowUnauthenticated "true";'),
        text("etc/apt/apt.conf", 'Acquire { https { Verify-Peer "false"; }; };'),
    )


def _good() -> tuple[File, ...]:
    return (
        text(
            "etc/apt/apt.conf.d/99x",
            '// APT::Get::AllowUnauthenticated "true";',
            'APT::Get::AllowUnauthenticated "false";',
            'APT::Install-Recommends "0";',
        ),
    )


@file_check(
    id="apt-without-authentication",
    title="Apt installs what nobody signed",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.HIGH,
    names=("etc/apt/apt.conf", "etc/apt/apt.conf.d/*"),
    bad=_bad,
    good=_good,
    remediation="Remove the setting, and add the keys of the sources that you need.",
    references=("https://manpages.debian.org/stable/apt/apt.conf.5.en.html",),
)
def apt_without_authentication(file: File) -> Iterator[Evidence]:
    """Every image that is built on this one takes packages, or old ones, from whoever answers."""
    for number, line in lines(file, ("#", "//")):
        for found in (*_yes.finditer(line), *_no.finditer(line)):
            at = f"{found[1]}:{number}:{found.start()}"
            yield Evidence(at=at, says=f"{found[1]} is switched the unsafe way", line=number)
