"""A RabbitMQ whose user guest may come from anywhere."""

from collections.abc import Iterator
from re import compile as regex

from hullmark.checks.declare import file_check
from hullmark.checks.lines import lines
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

_open = regex(
    r"loopback_users\s{0,9}(?:=\s{0,9}none\b|\.guest\s{0,9}=\s{0,9}false\b|,\s{0,9}\[\s{0,9}\])"
)


def _bad() -> tuple[File, ...]:
    return (
        text("etc/rabbitmq/rabbitmq.conf", "loopback_users.guest = false"),
        text("etc/rabbitmq/rabbitmq.config", "[{rabbit, [{loopback_users, []}]}]."),
    )


def _good() -> tuple[File, ...]:
    return (
        text(
            "etc/rabbitmq/rabbitmq.conf", "# loopback_users = none", "loopback_users.guest = true"
        ),
    )


@file_check(
    id="rabbitmq-guest-from-anywhere",
    title="The user guest of RabbitMQ may come from anywhere",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.MEDIUM,
    names=("etc/rabbitmq/*.conf", "etc/rabbitmq/conf.d/*.conf", "etc/rabbitmq/rabbitmq.config"),
    bad=_bad,
    good=_good,
    remediation="Remove the setting, and create users with passwords of their own.",
    references=("https://www.rabbitmq.com/docs/access-control#loopback-users",),
)
def rabbitmq_guest_from_anywhere(file: File) -> Iterator[Evidence]:
    """The user guest has the password guest unless somebody changed it, and may do everything."""
    for number, line in lines(file, ("#", "%")):
        if _open.search(line):
            says = "loopback_users lets guest in from everywhere"
            yield Evidence(at=f"loopback_users:{number}", says=says, line=number)
