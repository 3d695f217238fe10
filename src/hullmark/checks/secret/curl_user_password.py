"""Shell: passwords given to curl."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password, stand_in
from hullmark.model import Severity


@secret(
    id="curl-user-password",
    title="Password on the command line of curl",
    severity=Severity.HIGH,
    **following(
        (
            r"\bcurl[ \t](?:-{1,2}[A-Za-z-]{1,20}[ \t]{1,4}(?:[^\s-][^\s]{0,80}[ \t]{1,4})?)"
            r"{0,6}(?:-u|--user|--proxy-user)[ =][\"\']?[^\s:\"\'$]{1,80}:"
        ),
        "curl",
        chars=760,
    ),
    path="srv/deploy.sh",
    remediation=(
        "Change it, and hand it over by a file, a secret mount or the environment of the run."
    ),
    references=("https://curl.se/docs/manpage.html#-u",),
    bad=lambda random: f"curl -s -u deploy:{drawn(random)} https://repo.internal/upload",
    good=lambda random: random.choice(
        (
            "curl -u $USER:$PASSWORD https://repo.internal",
            "curl -u deploy https://repo.internal",
            f"curl -u user:{stand_in(random)} https://repo.internal",
        )
    ),
)
def curl_user_password(value: str) -> Claim | None:
    """Whoever reads it calls that service as this user."""
    return password(value)
