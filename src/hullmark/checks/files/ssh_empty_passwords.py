"""Empty passwords are enough over SSH."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.samples import text
from hullmark.checks.ssh_server import MANUAL, SSHD_CONFIG, set_to
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


def _bad() -> tuple[File, ...]:
    return (text(SSHD_CONFIG[0], "PermitEmptyPasswords=yes"),)


def _good() -> tuple[File, ...]:
    return (text(SSHD_CONFIG[0], "PermitEmptyPasswords no"),)


@file_check(
    id="ssh-empty-passwords",
    title="The SSH server accepts empty passwords",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.HIGH,
    names=SSHD_CONFIG,
    bad=_bad,
    good=_good,
    remediation="Set PermitEmptyPasswords to no.",
    references=(MANUAL,),
)
def ssh_empty_passwords(file: File) -> Iterator[Evidence]:
    """Accounts without a password are open to everybody who reaches the port."""
    for setting in set_to(file, "permitemptypasswords", "yes"):
        at = f"PermitEmptyPasswords:{setting.number}"
        yield Evidence(at=at, says="PermitEmptyPasswords is yes", line=setting.number)
