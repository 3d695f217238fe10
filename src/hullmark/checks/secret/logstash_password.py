"""Logstash: passwords of inputs and outputs."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password
from hullmark.model import Severity


@secret(
    id="logstash-password",
    title="Password in a Logstash pipeline",
    severity=Severity.HIGH,
    names=(
        "*logstash*.conf",
        "**/logstash/**/*.conf",
        "**/pipeline/*.conf",
        "*filebeat*.yml",
        "*metricbeat*.yml",
        "*heartbeat*.yml",
    ),
    **following(
        (
            r"\b(?:password|jdbc_password|api_key|ssl_key_passphrase)"
            r"(?:[ \t]{0,8}=>[ \t]{0,8}|:[ \t]{1,8})"
        ),
        "password",
        "api_key",
        "ssl_key_passphrase",
        chars=50,
        least=6,
    ),
    path="usr/share/logstash/pipeline/main.conf",
    remediation="Change it, and keep it in the keystore of Logstash.",
    references=("https://www.elastic.co/guide/en/logstash/current/keystore.html",),
    bad=lambda random: random.choice(
        (
            f'    password => "{drawn(random)}"',
            f'  jdbc_password => "{drawn(random)}"',
            f'  password: "{drawn(random)}"',
        )
    ),
    good=lambda random: random.choice(
        ('    password => "${ES_PASSWORD}"', '    user => "app"', '    password => "changeme"')
    ),
)
def logstash_password(value: str) -> Claim | None:
    """Whoever reads it logs in where the pipeline reads from or writes to."""
    return password(value)
