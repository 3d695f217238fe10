"""Shell: passwords given to redis-cli."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password, stand_in
from hullmark.model import Severity


@secret(
    id="redis-cli-password",
    title="Password on the command line of redis-cli",
    severity=Severity.HIGH,
    **following(
        (
            r"\b(?:redis|valkey)-cli[ \t](?:-{1,2}[A-Za-z-]{1,20}[ \t]{1,4}[^\s-][^\s]{0,80}"
            r"[ \t]{1,4}){0,4}(?:-a|--pass)[ \t]{1,4}"
        ),
        "-cli",
        chars=480,
    ),
    path="srv/probe.sh",
    remediation="Change it, and hand it over by REDISCLI_AUTH.",
    references=("https://redis.io/docs/latest/develop/tools/cli/",),
    bad=lambda random: f"redis-cli -h cache -a {drawn(random)} ping",
    good=lambda random: random.choice(
        (
            "redis-cli -a $REDIS_PASSWORD ping",
            "redis-cli -h cache ping",
            f"redis-cli -a {stand_in(random)} ping",
        )
    ),
)
def redis_cli_password(value: str) -> Claim | None:
    """Whoever reads it reads and writes what the server keeps."""
    return password(value)
