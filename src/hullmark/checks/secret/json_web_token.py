"""JSON Web Tokens that are still good."""

from datetime import UTC, datetime

from hullmark.checks.declare import secret
from hullmark.checks.drawing import assigned, text
from hullmark.checks.kinds import Claim
from hullmark.checks.tokens import ANCHOR, KEYWORDS, MAX_TOKEN_CHARS, PATTERN, expiry, parts, token
from hullmark.model import Severity


@secret(
    id="json-web-token",
    title="JSON Web Token",
    severity=Severity.HIGH,
    pattern=PATTERN,
    anchor=ANCHOR,
    max_chars=MAX_TOKEN_CHARS,
    keywords=KEYWORDS,
    generic=True,
    path="app/.env",
    remediation=(
        "Revoke it where it was issued, or change the key that signs tokens, and issue "
        "tokens when the container runs."
    ),
    references=("https://www.rfc-editor.org/rfc/rfc7519",),
    bad=lambda random: assigned(
        random, "service", token(random, exp=random.choice((None, 4102444800)))
    ),
    good=lambda random: random.choice(
        (
            token(random, exp=1500000000),
            token(random, alg="none"),
            f"eyJ{text(random, 20)}.eyJ{text(random, 40)}.{text(random, 43)}",
            token(random).rpartition(".")[0],
        )
    ),
)
def json_web_token(value: str) -> Claim | None:
    """Whoever holds it is let in as whom it names, until it expires."""
    found = parts(value)
    if found is None or not found[2] or str(found[0]["alg"]).lower() == "none":
        return None
    end = expiry(found[1])
    if end is None:
        return Claim(says="never expires")
    return Claim(says=f"expires {end:%Y-%m-%d}") if end > datetime.now(UTC) else None
