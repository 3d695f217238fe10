"""A memcached that listens everywhere."""

from collections.abc import Iterator
from re import compile as regex

from hullmark.checks.declare import file_check
from hullmark.checks.lines import lines
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

_open = regex(r"(?:^|[\s\"'])(?:-l|--listen=)\s{0,9}(?:0\.0\.0\.0|::|\*|INADDR_ANY)(?=[\s\"',]|$)")


def _bad() -> tuple[File, ...]:
    return (
        text("etc/memcached.conf", "-m 64", "-l 0.0.0.0"),
        text("etc/sysconfig/memcached", 'OPTIONS="-l 0.0.0.0"'),
    )


def _good() -> tuple[File, ...]:
    return (
        text("etc/memcached.conf", "# -l 0.0.0.0", "-l 127.0.0.1"),
        text("etc/memcached.conf", "-l 0.0.0.0", "-S"),
    )


@file_check(
    id="memcached-on-all-addresses",
    title="Memcached serves whoever asks",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.MEDIUM,
    names=("etc/memcached.conf", "etc/sysconfig/memcached", "etc/conf.d/memcached"),
    bad=_bad,
    good=_good,
    remediation="Let it listen on the address that its clients use, and ask for a login with -S.",
    references=("https://github.com/memcached/memcached/wiki/ConfiguringServer",),
)
def memcached_on_all_addresses(file: File) -> Iterator[Evidence]:
    """Memcached asks for no login: whoever reaches it reads and changes what applications keep."""
    found = list(lines(file))
    if any("-S" in text.replace('"', " ").split() for _, text in found):
        return
    for number, line in found:
        if _open.search(line):
            yield Evidence(at=f"-l:{number}", says="listens on every address", line=number)
