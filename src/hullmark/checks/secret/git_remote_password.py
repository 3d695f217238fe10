"""git: remotes that carry a password."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, password
from hullmark.checks.urls import carrying
from hullmark.model import Severity


@secret(
    id="git-remote-password",
    title="Password or token in a git remote",
    severity=Severity.HIGH,
    names=("**/.git/config", ".gitmodules", ".gitconfig", "gitconfig", "**/.git/FETCH_HEAD"),
    **carrying("https?"),
    path="app/.git/config",
    remediation=(
        "Revoke the token where it was issued, set the remote without it, and leave .git "
        "out of images."
    ),
    references=("https://git-scm.com/docs/git-remote",),
    bad=lambda random: (
        f'[remote "origin"]\n\turl = https://ci:{drawn(random, 24)}@git.internal/group/project.git'
    ),
    good=lambda random: random.choice(
        (
            '[remote "origin"]\n\turl = https://git.internal/group/project.git',
            '[remote "origin"]\n\turl = git@git.internal:group/project.git',
            "\turl = https://${CI_USER}:${CI_TOKEN}@git.internal/group/project.git",
        )
    ),
)
def git_remote_password(value: str) -> Claim | None:
    """A clone keeps the address it came from: whoever reads it fetches and pushes as this user."""
    return password(value)
