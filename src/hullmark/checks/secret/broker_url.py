"""NATS, Kafka and Pulsar: addresses of brokers."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import password
from hullmark.checks.urls import address, carrying, harmless
from hullmark.model import Severity


@secret(
    id="broker-url",
    title="Message broker address with a password",
    severity=Severity.HIGH,
    **carrying("nats", "tls", "kafka", r"pulsar(?:\+ssl)?", "stan", "zookeeper"),
    path="app/.env",
    remediation="Change the user's password, and hand the address over when the container runs.",
    references=("https://docs.nats.io/using-nats/developer/connecting/userpass",),
    bad=lambda random: address(random, random.choice(("nats", "kafka", "pulsar"))),
    good=lambda random: harmless(random, random.choice(("nats", "kafka", "pulsar"))),
)
def broker_url(value: str) -> Claim | None:
    """Whoever reads it reads and writes the subjects that this user may use."""
    return password(value)
