"""Servers of protocols that send passwords in clear text."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import holding, sound
from hullmark.checks.image_facts import there
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image

SERVERS = (
    "telnetd",
    "in.telnetd",
    "utelnetd",
    "ftpd",
    "in.ftpd",
    "vsftpd",
    "proftpd",
    "pure-ftpd",
    "rshd",
    "in.rshd",
    "rlogind",
    "in.rlogind",
    "rexecd",
    "in.rexecd",
    "tftpd",
    "in.tftpd",
    "ypserv",
    "ypbind",
    "fingerd",
    "in.fingerd",
    "talkd",
    "in.talkd",
    "xinetd",
    "inetd",
    "rpc.rexd",
)


@image_check(
    id="cleartext-service-installed",
    title="Server of a protocol without encryption",
    severity=Severity.MEDIUM,
    remediation="Remove it, and use SSH, SFTP or HTTPS for what it was there for.",
    references=("https://attack.mitre.org/techniques/T1040/",),
    bad=lambda: (holding("usr/sbin/in.telnetd"), holding("usr/sbin/vsftpd")),
    good=lambda: (sound(), holding("usr/bin/telnet-doc")),
)
def cleartext_service_installed(image: Image) -> Iterator[Evidence]:
    """Telnet, rsh, FTP, TFTP, finger and NIS trust the network they run in.

    Whoever listens there has the passwords.
    """
    yield from there(image, SERVERS, "a server without encryption")
