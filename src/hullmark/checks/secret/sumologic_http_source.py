"""Sumo Logic: addresses that take logs."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"sumologic.com/receiver/v1/http/{text(random, 86, BASE64URL)}=="


@secret(
    id="sumologic-http-source",
    title="Sumo Logic HTTP source",
    severity=Severity.MEDIUM,
    pattern=r"sumologic\.com/receiver/v1/http/([0-9A-Za-z_-]{60,120}={0,2})",
    anchor=r"sumologic\.com/receiver/v1/http/[0-9A-Za-z_-]{60}",
    max_chars=160,
    keywords=("sumologic.com",),
    binary=True,
    remediation=f"{REVOKE}: the source's settings, Regenerate URL.",
    references=("https://help.sumologic.com/docs/send-data/hosted-collectors/http-source/",),
    bad=lambda random: f"url: https://endpoint4.collection.{_token(random)}",
    good=lambda random: (
        "https://endpoint4.collection.sumologic.com/receiver/v1/http/"
        + random.choice(("${TOKEN}", "<token>", text(random, 20), "x" * 60))
    ),
)
def sumologic_http_source(value: str) -> Claim | None:
    """Whoever holds it writes made-up logs, among those that prove what happened."""
    return NOTHING_MORE if is_drawn(value) else None
