"""Grafana: the password of its administrator."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password, stand_in
from hullmark.model import Severity


@secret(
    id="grafana-admin-password",
    title="Grafana administrator password",
    severity=Severity.HIGH,
    names=(
        "grafana*.ini",
        "*.env",
        ".env*",
        "*.yml",
        "*.yaml",
        "*.sh",
        "defaults.ini",
        "custom.ini",
    ),
    **following(
        (
            r"\b(?:admin_password|GF_SECURITY_ADMIN_PASSWORD|adminPassword)[\"']?[ \t]{0,8}[:=]"
            r"[ \t]{0,8}"
        ),
        "admin_password",
        "GF_SECURITY_ADMIN_PASSWORD",
        "adminPassword",
        chars=60,
    ),
    path="etc/grafana/grafana.ini",
    remediation=(
        "Change it with grafana cli admin reset-admin-password, and set it from a mounted file."
    ),
    references=(
        "https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/#admin_password",
    ),
    bad=lambda random: random.choice(
        (f"admin_password = {drawn(random)}", f"GF_SECURITY_ADMIN_PASSWORD={drawn(random)}")
    ),
    good=lambda random: random.choice(
        (
            f"admin_password = {stand_in(random)}",
            "admin_user = admin",
            "admin_password = $__file{/run/secrets/grafana}",
        )
    ),
)
def grafana_admin_password(value: str) -> Claim | None:
    """Whoever reads it administers Grafana, and queries every data source behind it."""
    return password(value)
