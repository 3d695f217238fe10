"""Tomcat: passwords of its users."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password
from hullmark.model import Severity


@secret(
    id="tomcat-user-password",
    title="Tomcat user password",
    severity=Severity.HIGH,
    names=("tomcat-users.xml",),
    **following(
        r"<user (?:[a-z]{4,10}=[\"\'][^\"\'\r\n]{0,120}[\"\']\s{1,8}){0,4}password=",
        "password=",
        chars=560,
    ),
    path="opt/tomcat/conf/tomcat-users.xml",
    remediation=(
        "Change it, leave the manager out of images, and mount the file when the container runs."
    ),
    references=("https://tomcat.apache.org/tomcat-10.1-doc/manager-howto.html",),
    bad=lambda random: (
        f'<user username="deploy" password="{drawn(random)}" roles="manager-script"/>'
    ),
    good=lambda random: random.choice(
        (
            '<user username="admin" password="<must-be-changed>" roles="manager-gui"/>',
            '<user username="tomcat" password="tomcat" roles="tomcat"/>',
            '<role rolename="manager-gui"/>',
        )
    ),
)
def tomcat_user_password(value: str) -> Claim | None:
    """Whoever reads it runs code in the server, where the user has a role of the manager."""
    return password(value)
