"""Sentry: client keys of the older form, with their secret half."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, number, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"https://{text(random, 32, HEX)}:{text(random, 32, HEX)}@sentry.io/{number(random, 6)}"


def _lookalike(random: Random) -> str:
    token = _token(random)
    return random.choice(
        (
            f"https://{text(random, 32, HEX)}@o{number(random, 6)}.ingest.sentry.io/1234",
            "https://public:secret@sentry.example.com/1",
            "${SENTRY_DSN}",
            token.replace("@", "/"),
        )
    )


@secret(
    id="sentry-dsn-secret",
    title="Sentry DSN with its secret",
    severity=Severity.MEDIUM,
    pattern=r"https?://([0-9a-f]{32}:[0-9a-f]{32})@[0-9A-Za-z.-]{1,80}/[0-9]{1,20}",
    anchor=r"(?:http|https)://[0-9a-f]{32}:[0-9a-f]{32}@",
    max_chars=180,
    keywords=("://",),
    remediation=f"{REVOKE}: the project's settings, Client Keys.",
    references=("https://docs.sentry.io/concepts/key-terms/dsn-explainer/",),
    bad=lambda random: assigned(random, "sentry", _token(random)),
    good=lambda random: assigned(random, "sentry", _lookalike(random)),
)
def sentry_dsn_secret(value: str) -> Claim | None:
    """Whoever holds it sends made-up errors to the project.

    The secret half is no longer needed by any client.
    """
    return NOTHING_MORE if is_drawn(value) else None
