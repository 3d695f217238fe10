"""ActiveMQ: users that everybody knows."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.passwords import drawn
from hullmark.model import Severity
from hullmark.model.rule import Confidence


@secret(
    id="activemq-default-password",
    title="ActiveMQ with its default password",
    severity=Severity.HIGH,
    confidence=Confidence.CERTAIN,
    pattern=(
        r"(?:^|\n)(?:admin: (admin)"
        r", admin|user: user, user|admin=admin|activemq\.password=manager|system=manager)"
        r"[ \t]{0,4}(?:[\r\n]|\z)"
    ),
    anchor=(
        r"admin: admin, admin|user: user, user|admin=admin|activemq\.password=manager|syst"
        "em=manager"
    ),
    max_chars=40,
    keywords=(
        "admin: admin",
        "user: user",
        "admin=admin",
        "activemq.password=",
        "system=manager",
    ),
    names=("jetty-realm.properties", "users.properties", "credentials.properties"),
    path="opt/activemq/conf/jetty-realm.properties",
    remediation="Set passwords of your own in both files.",
    references=("https://activemq.apache.org/components/classic/documentation/web-console",),
    bad=lambda random: random.choice(("admin: admin, admin", "admin: admin, admin ")),
    good=lambda random: random.choice(
        (
            f"admin: {drawn(random)}, admin",
            "# admin: admin, admin",
        )
    ),
)
def activemq_default_password(_: str) -> Claim | None:
    """Anybody who reaches the console administers the broker, and may run code by it."""
    return NOTHING_MORE
