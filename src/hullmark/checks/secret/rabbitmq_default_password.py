"""RabbitMQ: the password of its first user."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password, stand_in
from hullmark.model import Severity


@secret(
    id="rabbitmq-default-password",
    title="RabbitMQ password",
    severity=Severity.HIGH,
    **following(
        (
            r"\b(?:default_pass|RABBITMQ_DEFAULT_PASS|RABBITMQ_PASSWORD|rabbitmq_password)[\"']"
            r"?[ \t]{0,8}[:=][ \t]{0,8}"
        ),
        "default_pass",
        "RABBITMQ_",
        "rabbitmq_password",
        chars=60,
    ),
    path="etc/rabbitmq/rabbitmq.conf",
    remediation="Change it, and hand it over when the container runs.",
    references=("https://www.rabbitmq.com/docs/access-control#default-state",),
    bad=lambda random: random.choice(
        (f"default_pass = {drawn(random)}", f"RABBITMQ_DEFAULT_PASS={drawn(random)}")
    ),
    good=lambda random: random.choice(
        (f"default_pass = {stand_in(random)}", "default_user = app", "default_pass = guest")
    ),
)
def rabbitmq_default_password(value: str) -> Claim | None:
    """Whoever reads it administers the broker: every queue, every user."""
    return password(value)
