"""Grafana: the password that it comes with."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.passwords import drawn
from hullmark.model import Severity
from hullmark.model.rule import Confidence


@secret(
    id="grafana-default-password",
    title="Grafana with its default password",
    severity=Severity.HIGH,
    confidence=Confidence.CERTAIN,
    pattern=(
        r"\b(?:admin_password|GF_SECURITY_ADMIN_PASSWORD)[\"\']?[ \t]{0,4}[:=][ \t]{0,4}"
        r"[\"\']?(admin|grafana|password)[\"\']?[ \t]{0,4}(?:[\r\n]|\z)"
    ),
    anchor=(
        r"(?:admin_password|GF_SECURITY_ADMIN_PASSWORD)[\"\']?[ \t]{0,4}[:=][ \t]{0,4}"
        r"[\"\']?(?:admin|grafana|password)"
    ),
    max_chars=70,
    keywords=(
        "admin_password",
        "GF_SECURITY_ADMIN_PASSWORD",
    ),
    names=("grafana.ini", "custom.ini", ".env", "*.env", "*compose*.yml", "*compose*.yaml", "*.sh"),
    path="etc/grafana/grafana.ini",
    remediation="Set a password of its own from a mounted file.",
    references=(
        "https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/#admin_password",
    ),
    bad=lambda random: random.choice(
        ("admin_password = admin", "GF_SECURITY_ADMIN_PASSWORD=admin")
    ),
    good=lambda random: random.choice(
        (
            ";admin_user = admin",
            f"admin_password = {drawn(random)}",
            "GF_SECURITY_ADMIN_PASSWORD=${PASSWORD}",
        )
    ),
)
def grafana_default_password(_: str) -> Claim | None:
    """Anybody who reaches the log-in administers Grafana, with every data source behind it."""
    return NOTHING_MORE
