"""Firebase: server keys of Cloud Messaging in the form that ended in 2024."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"AAAA{text(random, 7, BASE64URL)}:APA91b{text(random, 134, BASE64URL)}"


@secret(
    id="firebase-server-key",
    title="Firebase Cloud Messaging server key",
    severity=Severity.MEDIUM,
    pattern=r"(?:^|[^0-9A-Za-z_/+-])(AAAA[0-9A-Za-z_-]{7}:APA91b[0-9A-Za-z_-]{134})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"AAAA[0-9A-Za-z_-]{7}:APA91b[0-9A-Za-z_-]{134}",
    max_chars=156,
    keywords=(":APA91b",),
    binary=True,
    remediation=f"{REVOKE}: the Google Cloud console, Credentials.",
    references=("https://firebase.google.com/docs/cloud-messaging/migrate-v1",),
    bad=lambda random: assigned(random, "firebase", _token(random)),
    good=lambda random: assigned(random, "firebase", unlike(random, "AAAA:", 140)),
)
def firebase_server_key(value: str) -> Claim | None:
    """It sent messages to every device that has the app, until such keys ended in 2024."""
    return NOTHING_MORE if is_drawn(value) else None
