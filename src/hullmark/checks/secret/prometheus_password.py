"""Prometheus and its kin: passwords and tokens for what they scrape and alert."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password
from hullmark.model import Severity


@secret(
    id="prometheus-password",
    title="Password in Prometheus configuration",
    severity=Severity.MEDIUM,
    names=(
        "*prometheus*.yml",
        "*prometheus*.yaml",
        "*alertmanager*.yml",
        "*alertmanager*.yaml",
        "*promtail*.yml",
        "*promtail*.yaml",
        "*loki*.yml",
        "*loki*.yaml",
        "**/prometheus/*.yml",
        "**/prometheus/*.yaml",
        "**/alertmanager/*.yml",
        "**/alertmanager/*.yaml",
    ),
    **following(
        (
            r"(?:password|bearer_token|credentials|client_secret|service_key|routing_key"
            r"|smtp_auth_secret):[ \t]{1,8}"
        ),
        "password",
        "bearer_token",
        "credentials",
        "client_secret",
        "service_key",
        "routing_key",
        "smtp_auth_secret",
        chars=60,
        least=6,
    ),
    path="etc/prometheus/prometheus.yml",
    remediation="Change it, and name a file that is mounted when the container runs instead.",
    references=(
        "https://prometheus.io/docs/prometheus/latest/configuration/configuration/#http_config",
    ),
    bad=lambda random: random.choice(
        (
            f"      password: {drawn(random)}",
            f'    bearer_token: "{drawn(random, 32)}"',
            f"  smtp_auth_password: {drawn(random)}",
        )
    ),
    good=lambda random: random.choice(
        (
            "      password_file: /run/secrets/scrape",
            "    password: <secret>",
            "    credentials_file: /etc/token",
            "    password: ${SCRAPE_PASSWORD}",
        )
    ),
)
def prometheus_password(value: str) -> Claim | None:
    """Whoever reads it reads what is measured, or sends messages as the alert manager."""
    return password(value)
