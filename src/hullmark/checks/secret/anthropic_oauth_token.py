"""Anthropic: access and refresh tokens of people who signed in to Claude Code."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"sk-ant-{random.choice(('oat', 'ort'))}01-{text(random, 93, BASE64URL)}AA"


@secret(
    id="anthropic-oauth-token",
    title="Anthropic OAuth token",
    pattern=r"\b(sk-ant-o[ar]t[0-9]{2}-[0-9A-Za-z_-]{93}AA)(?:[^0-9A-Za-z_-]|$)",
    anchor=r"sk-ant-o[ar]t[0-9]{2}-[0-9A-Za-z_-]{93}AA",
    max_chars=112,
    keywords=(
        "sk-ant-oat",
        "sk-ant-ort",
    ),
    binary=True,
    remediation=f"{REVOKE}: the account's settings, sign out everywhere.",
    references=("https://docs.anthropic.com/en/docs/claude-code/iam",),
    bad=lambda random: assigned(random, "anthropic", _token(random)),
    good=lambda random: assigned(random, "anthropic", unlike(random, "sk-ant-oat01-", 93)),
)
def anthropic_oauth_token(value: str) -> Claim | None:
    """Whoever holds it uses the models at the account's cost.

    A refresh token renews that until the person signs out.
    """
    return NOTHING_MORE if is_drawn(value) else None
