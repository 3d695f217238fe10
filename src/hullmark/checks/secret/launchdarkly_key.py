"""LaunchDarkly: access tokens and keys of server SDKs."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, uuid
from hullmark.checks.kinds import Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"{random.choice(('api', 'sdk'))}-{uuid(random)}"


def _lookalike(random: Random) -> str:
    token = _token(random)
    return random.choice(
        (
            f"mob-{uuid(random)}",
            uuid(random),
            token[:-3],
            "${LAUNCHDARKLY_SDK_KEY}",
            token.replace("-4", "-1"),
        )
    )


@secret(
    id="launchdarkly-key",
    title="LaunchDarkly key",
    pattern=r"\b((?:api|sdk)-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})\b",
    anchor=r"(?:api|sdk)-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
    max_chars=42,
    keywords=(
        "api-",
        "sdk-",
    ),
    remediation=f"{REVOKE}: Organization settings, Authorization, or the environment's keys.",
    references=("https://launchdarkly.com/docs/home/account/api",),
    bad=lambda random: assigned(random, "launchdarkly", _token(random)),
    good=lambda random: assigned(random, "launchdarkly", _lookalike(random)),
)
def launchdarkly_key(value: str) -> Claim | None:
    """An access token changes what is switched on for whom.

    A server's key reads all switches and their rules.
    """
    if not is_drawn(value):
        return None
    if value.startswith("sdk"):
        return Claim(says="key of an environment", severity=Severity.MEDIUM)
    return Claim(says="access token")
