"""Lists of hosts whose users log in without a password."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import lines, shown
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


def _bad() -> tuple[File, ...]:
    return (text("root/.rhosts", "+ +"), text("etc/hosts.equiv", "build.internal app"))


def _good() -> tuple[File, ...]:
    return (text("etc/hosts.equiv", "# nobody", "-other.internal"),)


@file_check(
    id="trusted-hosts-file",
    title="Hosts are trusted by their names",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.HIGH,
    names=("etc/hosts.equiv", "etc/ssh/shosts.equiv", ".rhosts", ".shosts"),
    bad=_bad,
    good=_good,
    remediation="Remove the file.",
    references=("https://man7.org/linux/man-pages/man5/hosts.equiv.5.html",),
)
def trusted_hosts_file(file: File) -> Iterator[Evidence]:
    """Users of the listed hosts need no password, and a name or an address is easily forged."""
    for number, line in lines(file):
        if not line.startswith("-"):
            host = line.split()[0]
            whose = "every host" if host == "+" else f"host {shown(host)}"
            yield Evidence(at=f"{host}:{number}", says=f"trusts users of {whose}", line=number)
