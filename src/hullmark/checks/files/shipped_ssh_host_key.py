"""Keys by which an SSH server proves who it is."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

MARK = b"PRIVATE KEY-----"
HEAD_BYTES = 256


def _bad() -> tuple[File, ...]:
    first = "-----BEGIN OPENSSH " + MARK.decode()
    return (text("etc/ssh/ssh_host_ed25519_key", first, mode=0o600),)


def _good() -> tuple[File, ...]:
    return (text("etc/ssh/ssh_host_ed25519_key", ""),)


@file_check(
    id="shipped-ssh-host-key",
    title="The image holds the host key of an SSH server",
    kind=Kind.SECRET,
    severity=Severity.HIGH,
    names=("etc/ssh/ssh_host_*_key", "**/ssh_host_rsa_key", "**/ssh_host_ed25519_key"),
    bad=_bad,
    good=_good,
    remediation="Delete the keys where they are made, and let each container run ssh-keygen -A.",
    references=("https://man.openbsd.org/sshd#FILES",),
)
def shipped_ssh_host_key(file: File) -> Iterator[Evidence]:
    """Every container of the image has this key, and so has everybody who can pull it.

    They can stand between a user and the server, and no client will warn.
    """
    if MARK in file.read(0, HEAD_BYTES):
        yield Evidence(at="", says=f"holds the private host key {file.name}", line=1)
