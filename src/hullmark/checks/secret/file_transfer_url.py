"""FTP, SFTP, WebDAV, SMB: addresses of servers."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import password
from hullmark.checks.urls import address, carrying, harmless
from hullmark.model import Severity


@secret(
    id="file-transfer-url",
    title="File server address with a password",
    severity=Severity.HIGH,
    **carrying(
        "s?ftps?",
        "davs?",
        "webdavs?",
        "smb",
        "cifs",
        "afp",
        "rsync",
        "scp",
        "ssh",
        "telnet",
        "vnc",
        "rdp",
    ),
    path="app/.env",
    remediation="Change the user's password, and hand the address over when the container runs.",
    references=("https://www.rfc-editor.org/rfc/rfc1738#section-3.2",),
    bad=lambda random: address(random, random.choice(("ftp", "sftp", "smb", "ssh"))),
    good=lambda random: harmless(random, random.choice(("ftp", "sftp", "smb", "ssh"))),
)
def file_transfer_url(value: str) -> Claim | None:
    """Whoever reads it logs in to that server as this user."""
    return password(value)
