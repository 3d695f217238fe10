"""git: what its credential store keeps."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, password
from hullmark.checks.urls import carrying
from hullmark.model import Severity


@secret(
    id="git-credentials",
    title="Password or token in git's credential store",
    severity=Severity.HIGH,
    names=(".git-credentials", "**/.config/git/credentials"),
    **carrying("https?"),
    path="root/.git-credentials",
    remediation=(
        "Revoke the token where it was issued, and clone with a secret mount or an SSH agent."
    ),
    references=("https://git-scm.com/docs/git-credential-store",),
    bad=lambda random: f"https://deploy:{drawn(random, 24)}@git.internal",
    good=lambda random: random.choice(
        (
            "https://git.internal/group/project",
            "https://deploy@git.internal",
            "https://user:password@git.internal",
        )
    ),
)
def git_credentials(value: str) -> Claim | None:
    """Whoever reads it clones and pushes as this user, for as long as the token is good."""
    return password(value)
