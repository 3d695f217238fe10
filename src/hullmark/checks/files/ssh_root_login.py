"""Root may log in over SSH."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.samples import text
from hullmark.checks.ssh_server import MANUAL, SSHD_CONFIG, set_to
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


def _bad() -> tuple[File, ...]:
    return (text(SSHD_CONFIG[0], "Port 22", "PermitRootLogin yes"),)


def _good() -> tuple[File, ...]:
    return (
        text(SSHD_CONFIG[0], "#PermitRootLogin yes", "PermitRootLogin prohibit-password"),
        text(SSHD_CONFIG[0], "PermitRootLogin no", "PermitRootLogin yes"),
    )


@file_check(
    id="ssh-root-login",
    title="The SSH server lets root log in with a password",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.MEDIUM,
    names=SSHD_CONFIG,
    bad=_bad,
    good=_good,
    remediation="Set PermitRootLogin to no.",
    references=(MANUAL,),
)
def ssh_root_login(file: File) -> Iterator[Evidence]:
    """Root is the name that everybody tries passwords for, and one that fits is all it takes."""
    for setting in set_to(file, "permitrootlogin", "yes"):
        at = f"PermitRootLogin:{setting.number}"
        yield Evidence(at=at, says="PermitRootLogin is yes", line=setting.number)
