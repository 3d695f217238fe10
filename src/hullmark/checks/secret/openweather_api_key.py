"""OpenWeather: API keys."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity

NAMES = (
    "OPENWEATHER_API_KEY",
    "openweather.appid.key",
    "owm_api_key",
)


def _token(random: Random) -> str:
    return text(random, 32, HEX)


@secret(
    id="openweather-api-key",
    title="OpenWeather API key",
    severity=Severity.LOW,
    **named("openweather", "owm_api", value=r"[0-9a-f]{32}", chars=32, words="key"),
    entropy=3.0,
    remediation=f"{REVOKE}: the account's API keys.",
    references=("https://openweathermap.org/appid",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 32, HEX)),
)
def openweather_api_key(value: str) -> Claim | None:
    """Whoever holds it asks for the weather at the account's cost."""
    return NOTHING_MORE if is_drawn(value) else None
