"""Amplitude: secret keys of projects."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn

NAMES = (
    "AMPLITUDE_SECRET_KEY",
    "amplitude.secret",
    "amplitudeSecretKey",
)


def _token(random: Random) -> str:
    return text(random, 32, HEX)


@secret(
    id="amplitude-secret-key",
    title="Amplitude secret key",
    **named("amplitude", value=r"[0-9a-f]{32}", chars=32, words="secret"),
    entropy=3.0,
    remediation=f"{REVOKE}: the project's settings.",
    references=("https://amplitude.com/docs/apis/keys-and-tokens",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 32, HEX)),
)
def amplitude_secret_key(value: str) -> Claim | None:
    """Together with the project's API key it exports all events of all users."""
    return NOTHING_MORE if is_drawn(value) else None
