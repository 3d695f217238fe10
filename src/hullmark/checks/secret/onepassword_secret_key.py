"""1Password: the secret keys of accounts, which stand beside the password."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import UPPER, assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn
from hullmark.model import Severity


def _token(random: Random) -> str:
    return "-".join(("A3", *(text(random, size, UPPER) for size in (6, 6, 5, 5, 5, 5))))


@secret(
    id="onepassword-secret-key",
    title="1Password secret key",
    severity=Severity.CRITICAL,
    pattern=r"\b(A3-[0-9A-Z]{6}-[0-9A-Z]{6}-[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5})\b",
    anchor=r"A3-[0-9A-Z]{6}-[0-9A-Z]{6}-[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}",
    max_chars=44,
    keywords=("A3-",),
    remediation=f"{REVOKE}: 1Password.com, Regenerate Secret Key.",
    references=("https://support.1password.com/secret-key/",),
    bad=lambda random: assigned(random, "op", _token(random)),
    good=lambda random: assigned(random, "op", unlike(random, "A3-", 36, UPPER)),
)
def onepassword_secret_key(value: str) -> Claim | None:
    """Together with the account's password it opens every vault.

    It is meant for paper, not for files.
    """
    return NOTHING_MORE if is_drawn(value) else None
