"""Shell: passwords given to clients of LDAP."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password, stand_in
from hullmark.model import Severity


@secret(
    id="ldap-command-password",
    title="Password on the command line of an LDAP client",
    severity=Severity.HIGH,
    **following(
        r"\bldap(?:search|modify|add|delete|whoami|passwd)[ \t][^\r\n|;]{0,200}?[ \t]-w[ \t]{0,2}",
        "ldap",
        chars=260,
    ),
    path="srv/sync.sh",
    remediation="Change it, and hand it over by -y and a file.",
    references=("https://www.openldap.org/software/man.cgi?query=ldapsearch",),
    bad=lambda random: f"ldapsearch -x -D cn=proxy,dc=internal -w {drawn(random)} -b dc=internal",
    good=lambda random: random.choice(
        (
            "ldapsearch -x -D cn=proxy -W -b dc=internal",
            "ldapsearch -x -w $BIND_PW -b dc=internal",
            f"ldapsearch -x -w {stand_in(random)} -b dc",
        )
    ),
)
def ldap_command_password(value: str) -> Claim | None:
    """Whoever reads it reads the directory as this account."""
    return password(value)
