"""Netlify access token of the older form."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, uuid
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return text(random, random.randint(43, 46), BASE64URL)


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 28, BASE64URL),
            "${NETLIFY_TOKEN}",
            "x" * 46,
            uuid(random),
            "your_netlify_token",
        )
    )


@secret(
    id="netlify-token-legacy",
    title="Netlify access token of the older form",
    severity=Severity.CRITICAL,
    **named(
        "netlify",
        value=r"[0-9A-Za-z_-]{43,46}",
        chars=46,
        end=r"(?:[^0-9A-Za-z+/=_-]|$)",
    ),
    entropy=3.8,
    remediation=f"{REVOKE}: Netlify, User settings, Applications.",
    references=("https://docs.netlify.com/api/get-started/#authentication",),
    bad=lambda random: assigned(random, "netlify", _token(random)),
    good=lambda random: assigned(random, "netlify", _other(random)),
)
def netlify_token_legacy(value: str) -> Claim | None:
    """It acts as its owner on Netlify.

    Whoever holds it deploys sites and reads their configuration.
    """
    return NOTHING_MORE if is_drawn(value) else None
