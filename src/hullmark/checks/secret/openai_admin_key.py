"""OpenAI: admin keys of organisations."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64URL, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"sk-admin-{text(random, 58, BASE64URL)}T3BlbkFJ{text(random, 58, BASE64URL)}"


@secret(
    id="openai-admin-key",
    title="OpenAI admin key",
    severity=Severity.CRITICAL,
    pattern=r"\b(sk-admin-[0-9A-Za-z_-]{20,110}T3BlbkFJ[0-9A-Za-z_-]{20,110})(?:[^0-9A-Za-z_-]|$)",
    anchor=r"sk-admin-[0-9A-Za-z_-]{20,110}T3BlbkFJ[0-9A-Za-z_-]{20}",
    max_chars=250,
    keywords=("sk-admin-",),
    binary=True,
    remediation=f"{REVOKE}: the platform's organisation settings, Admin keys.",
    references=("https://platform.openai.com/docs/api-reference/administration",),
    bad=lambda random: assigned(random, "openai", _token(random)),
    good=lambda random: assigned(random, "openai", unlike(random, "sk-admin-", 100)),
)
def openai_admin_key(value: str) -> Claim | None:
    """Whoever holds it administers the organisation.

    They add members, make keys for every project and read the audit log.
    """
    return NOTHING_MORE if is_drawn(value) else None
