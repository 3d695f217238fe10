"""Tomcat: users that everybody knows."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.passwords import drawn
from hullmark.model import Severity
from hullmark.model.rule import Confidence


@secret(
    id="tomcat-default-password",
    title="Tomcat user with a default password",
    severity=Severity.CRITICAL,
    confidence=Confidence.CERTAIN,
    pattern=(
        r"<user (?:username|name)=[\"\'](?:tomcat|admin|both|role1|manager|root)[\"\']"
        r"\s{1,8}password=[\"\']"
        r"(tomcat|admin|s3cret|manager|password|root|role1|changethis)[\"\']"
    ),
    anchor=(
        r"<user (?:username|name)=[\"\'](?:tomcat|admin|both|role1|manager|root)[\"\']"
        r"\s{1,8}password=[\"\']"
        r"(tomcat|admin|s3cret|manager|password|root|role1|changethis)[\"\']"
    ),
    max_chars=70,
    keywords=("<user ",),
    names=("tomcat-users.xml",),
    path="opt/tomcat/conf/tomcat-users.xml",
    remediation="Remove the user, or give it a password of its own that is mounted.",
    references=("https://tomcat.apache.org/tomcat-10.1-doc/security-howto.html",),
    bad=lambda random: random.choice(
        (
            '<user username="admin" password="admin" roles="admin-gui"/>',
            '<user username="tomcat" password="s3cret" roles="manager-script"/>',
        )
    ),
    good=lambda random: random.choice(
        (
            '<user username="admin" password="<must-be-changed>"/>',
            '<role rolename="tomcat"/>',
            f'<user username="tomcat" password="{drawn(random)}"/>',
        )
    ),
)
def tomcat_default_password(_: str) -> Claim | None:
    """Worms try these first: whoever reaches the manager uploads code and runs it."""
    return NOTHING_MORE
