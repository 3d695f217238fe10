"""LDAP: passwords that services bind with."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password, stand_in
from hullmark.model import Severity


@secret(
    id="ldap-bind-password",
    title="LDAP bind password",
    severity=Severity.HIGH,
    **following(
        (
            r"(?:\bbindpw[ \t]{1,8}"
            r"|\b(?:ldap_default_authtok|rootbinddn_pw|olcRootPW|bindPassword|bind_password|LD"
            r"AP_BIND_PASSWORD|LDAP_ADMIN_PASSWORD|LDAP_PASSWORD|BIND_PW)[\"']?[ \t]{0,8}[:=]"
            r"[ \t]{0,8})"
        ),
        "bindpw",
        "ldap_default_authtok",
        "rootbinddn_pw",
        "olcRootPW",
        "bindPassword",
        "bind_password",
        "LDAP_",
        "BIND_PW",
        chars=60,
    ),
    path="etc/nslcd.conf",
    remediation="Change it, and hand it over when the container runs.",
    references=("https://arthurdejong.org/nss-pam-ldapd/nslcd.conf.5",),
    bad=lambda random: random.choice(
        (
            f"bindpw {drawn(random)}",
            f"ldap_default_authtok = {drawn(random)}",
            f"LDAP_BIND_PASSWORD={drawn(random)}",
        )
    ),
    good=lambda random: random.choice(
        (
            f"bindpw {stand_in(random)}",
            "binddn cn=proxy,dc=internal",
            "#bindpw secret",
            "bindpw ${BIND_PW}",
        )
    ),
)
def ldap_bind_password(value: str) -> Claim | None:
    """Whoever reads it reads the directory as this service, and often more than it needs."""
    return password(value)
