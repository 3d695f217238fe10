"""Shell: passwords given to docker login and its kin."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password, stand_in
from hullmark.model import Severity


@secret(
    id="registry-login-password",
    title="Password on the command line of a registry log-in",
    severity=Severity.HIGH,
    **following(
        (
            r"\b(?:docker|podman|buildah|skopeo|nerdctl|oras|crane|helm|registry|auth)[ \t]"
            r"{1,4}login[ \t](?:-{1,2}[A-Za-z-]{1,20}[= \t]{1,4}[^\s-][^\s]{0,80}[ \t]{1,4}"
            r"|[a-z0-9.:-]{3,80}[ \t]{1,4}){0,4}(?:-p|--password)[= \t]{1,4}"
        ),
        "login",
        chars=520,
    ),
    path="srv/deploy.sh",
    remediation="Revoke the token, and log in by --password-stdin.",
    references=("https://docs.docker.com/reference/cli/docker/login/#password-stdin",),
    bad=lambda random: f"docker login -u ci -p {drawn(random)} registry.internal",
    good=lambda random: random.choice(
        (
            "docker login -u ci -p $TOKEN registry.internal",
            "docker login -u ci --password-stdin registry.internal",
            f"podman login -u ci -p {stand_in(random)} registry.internal",
        )
    ),
)
def registry_login_password(value: str) -> Claim | None:
    """Whoever reads it pulls and pushes images as this user."""
    return password(value)
