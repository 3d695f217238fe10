"""Docker Swarm join token."""

from random import Random

from hullmark.checks.declare import secret
from hullmark.checks.drawing import LOWER, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"SWMTKN-1-{text(random, 50, LOWER)}-{text(random, 25, LOWER)}"


@secret(
    id="docker-swarm-join-token",
    title="Docker Swarm join token",
    severity=Severity.CRITICAL,
    pattern=r"\b(SWMTKN-1-[0-9a-z]{50}-[0-9a-z]{25})\b",
    anchor=r"SWMTKN-1-[0-9a-z]{50}-[0-9a-z]{25}",
    max_chars=86,
    keywords=("SWMTKN-1-",),
    binary=True,
    remediation="Rotate it with docker swarm join-token --rotate.",
    references=("https://docs.docker.com/reference/cli/docker/swarm/join-token/",),
    bad=lambda random: assigned(random, "docker", _token(random)),
    good=lambda random: assigned(random, "docker", unlike(random, "SWMTKN-1-", 70, LOWER)),
)
def docker_swarm_join_token(_: str) -> Claim | None:
    """It lets a machine join a swarm.

    Whoever holds one for managers gets all its secrets.
    """
    return NOTHING_MORE
