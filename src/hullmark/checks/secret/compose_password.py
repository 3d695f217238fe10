"""Compose and env files: passwords that services start with."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password, stand_in
from hullmark.model import Severity


@secret(
    id="compose-password",
    title="Password in the environment of a service",
    severity=Severity.MEDIUM,
    names=(
        "*compose*.yml",
        "*compose*.yaml",
        ".env",
        ".env.*",
        "*.env",
        "*.sh",
        "Dockerfile*",
        "*.conf",
        "*.cfg",
        "*.ini",
        "*.yml",
        "*.yaml",
        "*.properties",
        ".bash_history",
        "env",
        "environment",
        ".profile",
        ".bashrc",
    ),
    **following(
        (
            r"\b(?:POSTGRES|MYSQL|MYSQL_ROOT|MARIADB|MARIADB_ROOT|MONGO_INITDB_ROOT|MONGODB|RE"
            "DIS|MSSQL_SA|SA|DB|DATABASE|ORACLE|NEO4J|CLICKHOUSE|KEYCLOAK_ADMIN|KC_BOOTSTRAP_"
            "ADMIN|KC_DB|NEXTCLOUD_ADMIN|WORDPRESS_DB|MINIO_ROOT|INFLUXDB_ADMIN|COUCHDB|PGADM"
            "IN_DEFAULT|LDAP_ADMIN|ADMIN|ROOT|DJANGO_SUPERUSER|AIRFLOW|JENKINS|VNC|USER|SUDO)"
            r"_PASSWORD[\"\']?[ \t]{0,4}[:=][ \t]{0,4}"
        ),
        "_PASSWORD",
        chars=60,
    ),
    path="srv/docker-compose.yml",
    remediation="Change it, and name a file of a secret instead, as most images can.",
    references=("https://docs.docker.com/compose/how-tos/use-secrets/",),
    bad=lambda random: random.choice(
        (
            f"      POSTGRES_PASSWORD: {drawn(random)}",
            f"      - MYSQL_ROOT_PASSWORD={drawn(random)}",
            f"DB_PASSWORD={drawn(random)}",
        )
    ),
    good=lambda random: random.choice(
        (
            f"POSTGRES_PASSWORD={stand_in(random)}",
            "      MYSQL_ROOT_PASSWORD_FILE: /run/secrets/db",
            "      - POSTGRES_PASSWORD",
            "DB_PASSWORD=$DB_PASSWORD",
            "DB_PASSWORD=" + "config.password",
            "DB_PASSWORD = _('Database password')",
        )
    ),
)
def compose_password(value: str) -> Claim | None:
    """Whoever reads it logs in to that service, as its administrator where it is the first."""
    return password(value)
