"""Ports of protocols that send passwords in clear text."""

from collections.abc import Iterator

from hullmark.checks.build_mends import of_step
from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import ports_among
from hullmark.checks.instruction_mends import without_ports
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image

PORTS = {21: "FTP", 23: "Telnet", 69: "TFTP", 512: "rexec", 513: "rlogin", 514: "rsh", 873: "rsync"}


@image_check(
    id="cleartext-login-port",
    of_build=True,
    title="Port of a protocol that sends passwords in clear text",
    severity=Severity.HIGH,
    remediation="Drop the port, and use SSH or HTTPS for what it was there for.",
    references=("https://docs.docker.com/reference/dockerfile/#expose",),
    bad=lambda: (sound(ports=("23/tcp",)), sound(ports=("21",)), sound(ports=("23-23/tcp",))),
    good=lambda: (sound(), sound(ports=("514/udp", "8080/tcp"))),
    mend=of_step(
        without_ports(*PORTS),
        says="expose no port of logins in clear text",
        breaks="is not published by docker run -P any more, nor found by tools that ask the image",
    ),
)
def cleartext_login_port(image: Image) -> Iterator[Evidence]:
    """Whoever listens on the way reads user and password, and may change what is sent."""
    yield from ports_among(image, PORTS, udp=(69,))
