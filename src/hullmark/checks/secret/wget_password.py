"""Shell: passwords given to wget."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password, stand_in
from hullmark.model import Severity


@secret(
    id="wget-password",
    title="Password on the command line of wget",
    severity=Severity.HIGH,
    **following(r"--(?:http|ftp|proxy)-password[= ]", "-password", chars=30),
    path="srv/deploy.sh",
    remediation=(
        "Change it, and hand it over by a file, a secret mount or the environment of the run."
    ),
    references=("https://www.gnu.org/software/wget/manual/wget.html",),
    bad=lambda random: (
        f"wget --http-user=ci --http-password={drawn(random)} https://repo.internal/a.tgz"
    ),
    good=lambda random: random.choice(
        (
            "wget --http-password=$PASSWORD https://repo.internal",
            f"wget --ftp-password={stand_in(random)} a",
            "wget --ask-password a",
        )
    ),
)
def wget_password(value: str) -> Claim | None:
    """Whoever reads it calls that service as this user."""
    return password(value)
