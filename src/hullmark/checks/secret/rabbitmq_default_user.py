"""RabbitMQ: guest let in from anywhere."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity
from hullmark.model.rule import Confidence


@secret(
    id="rabbitmq-default-user",
    title="RabbitMQ that lets guest in from anywhere",
    severity=Severity.HIGH,
    confidence=Confidence.CERTAIN,
    pattern=(
        r"(?:^|\n)[ \t]{0,8}loopback_users(?:\.guest)?[ \t]{0,4}=[ \t]{0,4}(none|false)"
        r"\b|\{loopback_users,[ \t]{0,4}\[\]\}"
    ),
    anchor=(
        r"loopback_users(?:\.guest)?[ \t]{0,4}=[ \t]{0,4}(?:none|false)"
        r"|\{loopback_users,[ \t]{0,4}\[\]\}"
    ),
    max_chars=60,
    keywords=("loopback_users",),
    names=("rabbitmq*.conf", "rabbitmq.config", "*.conf", "advanced.config"),
    path="etc/rabbitmq/rabbitmq.conf",
    remediation="Delete guest, add users of your own, and leave loopback_users as it is.",
    references=("https://www.rabbitmq.com/docs/access-control#loopback-users",),
    bad=lambda random: random.choice(("loopback_users = none", "loopback_users.guest = false")),
    good=lambda random: random.choice(
        (
            "loopback_users.guest = true",
            "# loopback_users = none",
            "listeners.tcp.default = 5672",
        )
    ),
)
def rabbitmq_default_user(_: str) -> Claim | None:
    """Anybody who reaches the broker logs in as guest, who may do everything."""
    return NOTHING_MORE
