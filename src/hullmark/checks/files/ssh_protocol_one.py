"""The first protocol of SSH."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.samples import text
from hullmark.checks.ssh_server import SSHD_CONFIG, set_to
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


def _bad() -> tuple[File, ...]:
    return (text(SSHD_CONFIG[0], "Protocol 2,1"),)


def _good() -> tuple[File, ...]:
    return (text(SSHD_CONFIG[0], "Protocol 2"),)


@file_check(
    id="ssh-protocol-one",
    title="The SSH server speaks protocol 1",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.HIGH,
    names=SSHD_CONFIG,
    bad=_bad,
    good=_good,
    remediation="Remove the setting; a server that needs it is too old to be used.",
    references=("https://www.openssh.com/releasenotes.html",),
)
def ssh_protocol_one(file: File) -> Iterator[Evidence]:
    """Who sits on the wire can change and take over sessions of protocol 1."""
    for setting in set_to(file, "protocol", "1", "1,2", "2,1"):
        at = f"Protocol:{setting.number}"
        yield Evidence(at=at, says=f"Protocol is {setting.value}", line=setting.number)
