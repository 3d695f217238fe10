"""Spring Boot: passwords of data sources."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password, stand_in
from hullmark.model import Severity


@secret(
    id="spring-datasource-password",
    title="Spring data source password",
    severity=Severity.HIGH,
    **following(
        (
            r"\bspring[._](?:datasource|data\.(?:mongodb|redis)"
            r"|redis|rabbitmq|ldap|r2dbc|flyway|liquibase|kafka[a-z.]{0,40}|security\.user)[._]"
            r"[a-z.]{0,20}password[ \t]{0,4}[:=][ \t]{0,4}"
        ),
        "spring.",
        "spring_",
        chars=120,
    ),
    path="app/application.properties",
    remediation="Change it, and hand it over when the container runs.",
    references=("https://docs.spring.io/spring-boot/appendix/application-properties/index.html",),
    bad=lambda random: f"spring.datasource.password={drawn(random)}",
    good=lambda random: random.choice(
        (
            f"spring.datasource.password={stand_in(random)}",
            "spring.datasource.username=app",
            "spring.datasource.password=",
        )
    ),
)
def spring_datasource_password(value: str) -> Claim | None:
    """Whoever reads it works on that server with the rights of this user."""
    return password(value)
