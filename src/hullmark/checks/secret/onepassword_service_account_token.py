"""1Password: tokens of service accounts, which are JSON in base 64."""

from binascii import b2a_base64
from random import Random

from msgspec.json import encode

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text
from hullmark.checks.kinds import Claim
from hullmark.checks.proofs import base64_json
from hullmark.model import Severity


def _token(random: Random) -> str:
    inner = {
        "signInAddress": "acme.1password.com",
        "userAuth": {"method": "SRPg-4096"},
        "srpX": text(random, 64, HEX),
        "muk": {"k": text(random, 43)},
    }
    return f"ops_{b2a_base64(encode(inner), newline=False).decode()}"


def _lookalike(random: Random) -> str:
    token = _token(random)
    return random.choice(
        (
            f"ops_eyJ{text(random, 180)}",
            token[:100],
            "${OP_SERVICE_ACCOUNT_TOKEN}",
            "ops_your_token_here",
        )
    )


@secret(
    id="onepassword-service-account-token",
    title="1Password service account token",
    severity=Severity.CRITICAL,
    pattern=r"\b(ops_eyJ[0-9A-Za-z+/_-]{150}[0-9A-Za-z+/_-]*={0,2})",
    anchor=r"ops_eyJ[0-9A-Za-z+/_-]{150}",
    max_chars=1820,
    keywords=("ops_eyJ",),
    binary=True,
    remediation=f"{REVOKE}: 1Password.com, Developer, the service account.",
    references=("https://developer.1password.com/docs/service-accounts/security/",),
    bad=lambda random: assigned(random, "op", _token(random)),
    good=lambda random: assigned(random, "op", _lookalike(random)),
)
def onepassword_service_account_token(value: str) -> Claim | None:
    """Whoever holds it reads every vault that the service account may."""
    inner = base64_json(value[4:])
    if inner is None or "signInAddress" not in inner:
        return None
    return Claim(says=f"of {inner['signInAddress']}"[:80])
