"""FileZilla: passwords of sites."""

from base64 import b64encode

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password
from hullmark.model import Severity


@secret(
    id="filezilla-password",
    title="Password in FileZilla",
    severity=Severity.HIGH,
    names=("sitemanager.xml", "recentservers.xml", "filezilla.xml"),
    **following(r"<Pass(?: encoding=\"base64\")?>", "<Pass", chars=30),
    path="root/.config/filezilla/sitemanager.xml",
    remediation="Change it, and protect stored passwords by a master password.",
    references=("https://wiki.filezilla-project.org/Site_Manager",),
    bad=lambda random: (
        f'<Pass encoding="base64">{b64encode(drawn(random).encode()).decode()}</Pass>'
    ),
    good=lambda random: random.choice(
        ('<Pass encoding="base64"></Pass>', "<Pass/>", "<Pass>changeme</Pass>")
    ),
)
def filezilla_password(value: str) -> Claim | None:
    """Whoever reads it logs in to that server: base 64 hides nothing."""
    return password(value)
