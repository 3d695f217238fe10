"""Kafka: passwords of JAAS log-ins."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password
from hullmark.model import Severity


@secret(
    id="kafka-jaas-password",
    title="Kafka password",
    severity=Severity.HIGH,
    **following(
        (
            r"(?:Plain|Scram)LoginModule (?:required|requisite|sufficient)\s{1,8}"
            r"(?:username=\\?[\"\'][^\"\'\r\n]{1,80}[\"\']\s{1,8})?password=\\?"
        ),
        "LoginModule",
        chars=180,
    ),
    path="etc/kafka/client.properties",
    remediation=(
        "Change it with kafka-configs, and hand the configuration over when the container runs."
    ),
    references=("https://kafka.apache.org/documentation/#security_sasl",),
    bad=lambda random: (
        "sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule "
        f'required username="app" password="{drawn(random)}";'
    ),
    good=lambda random: random.choice(
        (
            'PlainLoginModule required username="app" password="changeme";',
            "sasl.mechanism=PLAIN",
            'ScramLoginModule required username="${USER}" password="${PASSWORD}";',
        )
    ),
)
def kafka_jaas_password(value: str) -> Claim | None:
    """Whoever reads it reads and writes the topics that this user may use."""
    return password(value)
