"""Mail: addresses of servers."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import password
from hullmark.checks.urls import address, carrying, harmless
from hullmark.model import Severity


@secret(
    id="mail-url",
    title="Mail server address with a password",
    severity=Severity.HIGH,
    **carrying("smtps?", "imaps?", "pop3s?"),
    path="app/.env",
    remediation=(
        "Change the password of the mailbox, and hand the address over when the container runs."
    ),
    references=("https://www.rfc-editor.org/rfc/rfc5092",),
    bad=lambda random: address(random, random.choice(("smtp", "smtps", "imap"))),
    good=lambda random: harmless(random, random.choice(("smtp", "smtps", "imap"))),
)
def mail_url(value: str) -> Claim | None:
    """Whoever reads it sends mail in your name, or reads what arrives."""
    return password(value)
