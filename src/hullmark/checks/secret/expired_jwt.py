"""JSON Web Tokens whose time is over."""

from datetime import UTC, datetime

from hullmark.checks.declare import secret
from hullmark.checks.drawing import assigned
from hullmark.checks.kinds import Claim
from hullmark.checks.tokens import ANCHOR, KEYWORDS, MAX_TOKEN_CHARS, PATTERN, expiry, parts, token
from hullmark.model import Severity


@secret(
    id="expired-jwt",
    title="Expired JSON Web Token",
    severity=Severity.LOW,
    pattern=PATTERN,
    anchor=ANCHOR,
    max_chars=MAX_TOKEN_CHARS,
    keywords=KEYWORDS,
    generic=True,
    path="app/.env",
    remediation="Take it out, and find out how it came in: the next one comes the same way.",
    references=("https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4",),
    bad=lambda random: assigned(
        random, "service", token(random, exp=random.randrange(1300000000, 1600000000))
    ),
    good=lambda random: random.choice(
        (token(random), token(random, exp=4102444800), token(random, alg="none", exp=1500000000))
    ),
)
def expired_jwt(value: str) -> Claim | None:
    """It opens nothing that looks at the time, but tells of users and services."""
    found = parts(value)
    if found is None or not found[2] or str(found[0]["alg"]).lower() == "none":
        return None
    end = expiry(found[1])
    return Claim(says=f"expired {end:%Y-%m-%d}") if end and end <= datetime.now(UTC) else None
