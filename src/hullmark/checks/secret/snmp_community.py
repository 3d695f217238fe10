"""SNMP: community names."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password
from hullmark.model import Severity

WELL_KNOWN = ("public", "private", "community")


@secret(
    id="snmp-community",
    title="SNMP community",
    severity=Severity.MEDIUM,
    names=("snmp*.conf",),
    **following(r"\b(?:ro|rw)community6?[ \t]{1,8}", "rocommunity", "rwcommunity", chars=30),
    path="etc/snmp/snmpd.conf",
    remediation="Use users of SNMP version 3, and hand their keys over when the container runs.",
    references=("https://www.net-snmp.org/docs/man/snmpd.conf.html",),
    bad=lambda random: f"rocommunity {drawn(random)} 10.0.0.0/8",
    good=lambda random: random.choice(
        ("rocommunity public", "rocommunity $COMMUNITY", "# rocommunity name")
    ),
)
def snmp_community(value: str) -> Claim | None:
    """Whoever reads it reads, or with rwcommunity changes, the state of the machine."""
    return None if value in WELL_KNOWN else password(value)
