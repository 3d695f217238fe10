"""SMB: passwords among the options of mounts."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password, stand_in
from hullmark.model import Severity


@secret(
    id="windows-share-password",
    title="Password of a Windows share",
    severity=Severity.HIGH,
    names=("fstab", "*.sh", "auto.*", "*.mount", "*.yml", "*.yaml", ".bash_history"),
    **following(
        (
            r"\b(?:username|user)=[^\s,\"\']{1,80},(?:[a-z_]{2,20}(?:=[^\s,]{1,80})?,){0,6}"
            "pass(?:word)?="
        ),
        "pass",
        chars=750,
    ),
    path="etc/fstab",
    remediation="Change it, and name a file of credentials that is mounted.",
    references=("https://manpages.debian.org/bookworm/cifs-utils/mount.cifs.8.en.html",),
    bad=lambda random: (
        f"//nas/data /mnt cifs username=app,domain=corp,password={drawn(random)},uid=1000 0 0"
    ),
    good=lambda random: random.choice(
        (
            "//nas/data /mnt cifs credentials=/run/secrets/nas 0 0",
            "//nas/data /mnt cifs username=app,password=$PW 0 0",
            f"username=app,password={stand_in(random)}",
        )
    ),
)
def windows_share_password(value: str) -> Claim | None:
    """Whoever reads it reads and writes that share as this user."""
    return password(value)
