"""Tomcat: what realms and data sources log in with."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password
from hullmark.model import Severity


@secret(
    id="tomcat-realm-password",
    title="Password of a Tomcat realm or data source",
    severity=Severity.HIGH,
    names=("server.xml", "context.xml", "**/Catalina/**/*.xml", "tomee.xml"),
    **following(
        r"\b(?:connectionPassword|password)[ \t]{0,4}=[ \t]{0,4}[\"']",
        "connectionPassword",
        "password",
        chars=30,
        least=4,
    ),
    path="opt/tomcat/conf/server.xml",
    remediation="Change it where it is checked, and have Tomcat read it from a property.",
    references=("https://tomcat.apache.org/tomcat-10.1-doc/realm-howto.html",),
    bad=lambda random: random.choice(
        (
            f'<Realm connectionName="app" connectionPassword="{drawn(random)}"/>',
            f'<Resource name="jdbc/app" username="app" password="{drawn(random)}"/>',
        )
    ),
    good=lambda random: random.choice(
        (
            '<Resource password="${db.password}"/>',
            '<Resource username="app" factory="x"/>',
            '<Realm connectionPassword="changeme"/>',
        )
    ),
)
def tomcat_realm_password(value: str) -> Claim | None:
    """Whoever reads it logs in to the database or directory that Tomcat asks about its users."""
    return password(value)
