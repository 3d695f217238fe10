"""Mandrill: API keys of Mailchimp Transactional."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"md-{text(random, 22)}"


NAMES = (
    "MANDRILL_API_KEY",
    "mandrill_key",
    "mandrill.apikey",
)


@secret(
    id="mandrill-api-key",
    title="Mandrill API key",
    **named(
        "mandrill",
        "mailchimp_transactional",
        value="(?:md-[0-9A-Za-z_-]{22}|[0-9A-Za-z_-]{22})",
        chars=25,
        end="(?:[^0-9A-Za-z_-]|$)",
    ),
    entropy=3.4,
    remediation=f"{REVOKE}: Settings, SMTP & API Info.",
    references=("https://mailchimp.com/developer/transactional/guides/quick-start/",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 22)),
)
def mandrill_api_key(value: str) -> Claim | None:
    """Whoever holds it sends mail in the names of the account's domains."""
    return NOTHING_MORE if is_drawn(value) else None
