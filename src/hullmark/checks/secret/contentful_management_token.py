"""Contentful: personal access tokens of the management API."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"CFPAT-{text(random, 43, BASE64URL)}"


@secret(
    id="contentful-management-token",
    title="Contentful management token",
    pattern=r"\b(CFPAT-[0-9A-Za-z_-]{43})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"CFPAT-[0-9A-Za-z_-]{43}",
    max_chars=51,
    keywords=("CFPAT-",),
    binary=True,
    remediation=f"{REVOKE}: Account settings, CMA tokens.",
    references=("https://www.contentful.com/developers/docs/references/authentication/",),
    bad=lambda random: assigned(random, "contentful", _token(random)),
    good=lambda random: assigned(random, "contentful", unlike(random, "CFPAT-", 43, BASE64URL)),
)
def contentful_management_token(value: str) -> Claim | None:
    """Whoever holds it changes and deletes the content of all spaces of its owner."""
    return NOTHING_MORE if is_drawn(value) else None
