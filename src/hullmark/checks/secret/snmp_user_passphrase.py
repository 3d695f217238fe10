"""SNMP version 3: passphrases of users."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password
from hullmark.model import Severity


@secret(
    id="snmp-user-passphrase",
    title="SNMP user passphrase",
    severity=Severity.MEDIUM,
    **following(
        r"\bcreateUser[ \t]{1,8}[A-Za-z0-9_-]{1,40}[ \t]{1,8}(?:MD5|SHA|SHA-[0-9]{3})[ \t]{1,8}",
        "createUser",
        chars=90,
        least=8,
    ),
    path="var/lib/snmp/snmpd.conf",
    remediation="Change it, and hand it over when the container runs.",
    references=("https://net-snmp.sourceforge.io/docs/man/snmpd.conf.html",),
    bad=lambda random: f'createUser monitor SHA "{drawn(random)}" AES',
    good=lambda random: random.choice(
        ("createUser monitor", 'createUser monitor SHA "changeme" AES', "rouser monitor priv")
    ),
)
def snmp_user_passphrase(value: str) -> Claim | None:
    """Whoever reads it reads the state of the machine over the network as this user."""
    return password(value)
