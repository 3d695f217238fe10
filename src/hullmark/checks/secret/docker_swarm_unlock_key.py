"""Docker Swarm unlock key."""

from random import Random

from hullmark.checks.declare import secret
from hullmark.checks.drawing import BASE64, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return f"SWMKEY-1-{text(random, 43, BASE64)}"


@secret(
    id="docker-swarm-unlock-key",
    title="Docker Swarm unlock key",
    pattern=r"\b(SWMKEY-1-[0-9A-Za-z+/]{43})",
    anchor=r"SWMKEY-1-[0-9A-Za-z+/]{43}",
    max_chars=53,
    keywords=("SWMKEY-1-",),
    binary=True,
    remediation="Rotate it with docker swarm unlock-key --rotate.",
    references=("https://docs.docker.com/engine/swarm/swarm_manager_locking/",),
    bad=lambda random: assigned(random, "docker", _token(random)),
    good=lambda random: assigned(random, "docker", unlike(random, "SWMKEY-1-", 43)),
)
def docker_swarm_unlock_key(_: str) -> Claim | None:
    """It decrypts what a swarm's managers keep on their disks.

    Whoever holds it and a disk reads the swarm's keys and secrets.
    """
    return NOTHING_MORE
