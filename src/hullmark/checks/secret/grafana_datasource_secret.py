"""Grafana: what provisioned data sources log in with."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password
from hullmark.model import Severity


@secret(
    id="grafana-datasource-secret",
    title="Secret of a Grafana data source",
    severity=Severity.HIGH,
    names=(
        "*datasource*.yml",
        "*datasource*.yaml",
        "**/provisioning/**/*.yml",
        "**/provisioning/**/*.yaml",
    ),
    **following(
        (
            r"secureJsonData:[ \t]{0,4}\r?\n(?:[ \t]{1,16}[^\n]{0,80}\n){0,3}?[ \t]{1,16}"
            r"(?:password|basicAuthPassword|httpHeaderValue[0-9]|token|secretKey|accessKey"
            r"|clientSecret):[ \t]{1,8}"
        ),
        "secureJsonData",
        chars=400,
        least=6,
    ),
    path="etc/grafana/provisioning/datasources/main.yaml",
    remediation="Change it at the data source, and have Grafana read it from the environment.",
    references=(
        "https://grafana.com/docs/grafana/latest/administration/provisioning/#data-sources",
    ),
    bad=lambda random: (
        "    secureJsonData:\n      "
        + random.choice(("password", "basicAuthPassword", "token"))
        + f": {drawn(random)}"
    ),
    good=lambda random: random.choice(
        (
            "    secureJsonData:\n      password: $DB_PASSWORD",
            "      password: ${DB_PASSWORD}",
            "    basicAuthUser: app",
        )
    ),
)
def grafana_datasource_secret(value: str) -> Claim | None:
    """Whoever reads it queries the data source without Grafana, as the user that Grafana is."""
    return password(value)
