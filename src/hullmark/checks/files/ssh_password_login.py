"""Passwords are asked for over SSH."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.samples import text
from hullmark.checks.ssh_server import MANUAL, SSHD_CONFIG, set_to
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


def _bad() -> tuple[File, ...]:
    return (text(SSHD_CONFIG[0], "PasswordAuthentication yes"),)


def _good() -> tuple[File, ...]:
    return (text(SSHD_CONFIG[0], "#PasswordAuthentication yes", "PasswordAuthentication no"),)


@file_check(
    id="ssh-password-login",
    title="The SSH server accepts passwords",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.LOW,
    names=SSHD_CONFIG,
    bad=_bad,
    good=_good,
    remediation="Set PasswordAuthentication to no, and log in with keys.",
    references=(MANUAL,),
)
def ssh_password_login(file: File) -> Iterator[Evidence]:
    """Passwords can be guessed and reused; a key can be neither."""
    for setting in set_to(file, "passwordauthentication", "yes"):
        at = f"PasswordAuthentication:{setting.number}"
        yield Evidence(at=at, says="PasswordAuthentication is yes", line=setting.number)
