"""Clients of protocols that send passwords in clear text."""

from collections.abc import Iterator

from msgspec.structs import replace

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import holding, sound
from hullmark.checks.image_facts import there
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image

CLIENTS = (
    "telnet",
    "ftp",
    "lftp",
    "ncftp",
    "tnftp",
    "rsh",
    "rlogin",
    "rexec",
    "netkit-rsh",
    "netkit-ftp",
    "tftp",
    "atftp",
    "ypcat",
    "ypwhich",
    "finger",
    "talk",
    "ntalk",
)


@image_check(
    id="cleartext-client-installed",
    title="Client of a protocol without encryption",
    severity=Severity.LOW,
    remediation="Remove it; curl and ssh do what it does.",
    references=("https://attack.mitre.org/techniques/T1040/",),
    bad=lambda: (holding("usr/bin/telnet"), holding("usr/bin/tftp")),
    good=lambda: (
        sound(),
        replace(sound(), files={"app/server": 1}, links={"usr/bin/tftp": "/bin/busybox"}),
    ),
)
def cleartext_client_installed(image: Image) -> Iterator[Evidence]:
    """A service needs none of them, and an intruder looks around with them."""
    yield from there(image, CLIENTS, "a client without encryption")
