"""GitHub fine-grained personal access token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"github_pat_{text(random, 22)}_{text(random, 59)}"


@secret(
    id="github-fine-grained-token",
    title="GitHub fine-grained personal access token",
    severity=Severity.CRITICAL,
    pattern=r"\b(github_pat_[0-9A-Za-z]{22}_[0-9A-Za-z]{59})\b",
    anchor=r"github_pat_[0-9A-Za-z]{22}_[0-9A-Za-z]{59}",
    max_chars=93,
    keywords=("github_pat_",),
    binary=True,
    remediation=f"{REVOKE}: GitHub, Settings, Developer settings, Fine-grained tokens.",
    references=(
        "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats",
    ),
    bad=lambda random: assigned(random, "github", _token(random)),
    good=lambda random: assigned(random, "github", unlike(random, "github_pat_", 82)),
)
def github_fine_grained_token(_: str) -> Claim | None:
    """It acts as its owner in the repositories that it was made for.

    Whoever holds it reads and writes there as far as its permissions go.
    """
    return NOTHING_MORE
