"""Harbor robot account."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import text
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return text(random, 32)


def _other(random: Random) -> str:
    return random.choice(
        (
            "$HARBOR_TOKEN",
            "<secret>",
            text(random, 12),
            "x" * 32,
        )
    )


@secret(
    id="harbor-robot-secret",
    title="Harbor robot account",
    pattern=(
        r"""robot\$[0-9A-Za-z_.+-]{1,80}[\"']?[:, \t]{1,8}(?:-p[ =]?|--password[ =]|[\"']"""
        r"""?password[\"']?[:=][ \t]?)?[\"']?([0-9A-Za-z]{32})\b"""
    ),
    anchor=(
        r"""robot\$[0-9A-Za-z_.+-]{1,80}[\"']?[:, \t]{1,8}(?:-p[ =]?|--password[ =]|[\"']"""
        r"""?password[\"']?[:=][ \t]?)?[\"']?[0-9A-Za-z]{32}"""
    ),
    max_chars=160,
    keywords=("robot$",),
    entropy=3.6,
    remediation=f"{REVOKE}: Harbor, Robot Accounts.",
    references=(
        "https://goharbor.io/docs/latest/working-with-projects/project-configuration/create-robot-accounts/",
    ),
    bad=lambda random: f"docker login -u 'robot$ci' -p {_token(random)} harbor.internal",
    good=lambda random: f"docker login -u 'robot$ci' -p {_other(random)} harbor.internal",
)
def harbor_robot_secret(_: str) -> Claim | None:
    """It logs in to a Harbor registry for a project.

    Whoever holds it pulls private images and may push others in their place.
    """
    return NOTHING_MORE
