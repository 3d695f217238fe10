"""RabbitMQ: addresses of brokers."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import password
from hullmark.checks.urls import address, carrying, harmless
from hullmark.model import Severity


@secret(
    id="amqp-url",
    title="AMQP address with a password",
    severity=Severity.HIGH,
    **carrying("amqps?", "stomps?", "mqtts?"),
    path="app/.env",
    remediation=(
        "Change the user's password (rabbitmqctl change_password), and hand the address "
        "over when the container runs."
    ),
    references=("https://www.rabbitmq.com/docs/uri-spec",),
    bad=lambda random: address(random, random.choice(("amqp", "amqps", "mqtt"))),
    good=lambda random: harmless(random, random.choice(("amqp", "amqps", "mqtt"))),
)
def amqp_url(value: str) -> Claim | None:
    """Whoever reads it reads and writes the queues that this user may use."""
    return password(value)
