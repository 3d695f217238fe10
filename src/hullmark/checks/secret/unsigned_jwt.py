"""JSON Web Tokens that nobody signed."""

from hullmark.checks.declare import secret
from hullmark.checks.drawing import assigned
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.tokens import ANCHOR, KEYWORDS, MAX_TOKEN_CHARS, PATTERN, parts, token
from hullmark.model import Severity


@secret(
    id="unsigned-jwt",
    title="JSON Web Token without a signature",
    severity=Severity.MEDIUM,
    pattern=PATTERN,
    anchor=ANCHOR,
    max_chars=MAX_TOKEN_CHARS,
    keywords=KEYWORDS,
    generic=True,
    path="app/.env",
    remediation="Let the service refuse the algorithm none, and issue tokens that are signed.",
    references=("https://www.rfc-editor.org/rfc/rfc8725#section-3.2",),
    bad=lambda random: assigned(random, "service", token(random, alg="none")),
    good=lambda random: random.choice((token(random), f"{token(random, alg='none')[:20]}.eyJ.")),
)
def unsigned_jwt(value: str) -> Claim | None:
    """A service that accepts it accepts whatever anybody writes into one."""
    found = parts(value)
    return NOTHING_MORE if found and str(found[0]["alg"]).lower() == "none" else None
