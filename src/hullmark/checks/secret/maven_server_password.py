"""Password in Maven's settings."""

from random import Random

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, password, stand_in
from hullmark.model import Severity


def _token(random: Random) -> str:
    return drawn(random)


def _line(_: Random, value: str) -> str:
    return f"<server>\n  <username>ci</username>\n  <password>{value}</password>\n</server>"


@secret(
    id="maven-server-password",
    title="Password in Maven's settings",
    pattern=r"</username>\s{0,80}<password>([^<\s]{4,200})</password>",
    anchor=r"</username>\s{0,80}<password>[^<\s]{4}",
    max_chars=310,
    keywords=("</username>",),
    path="root/.m2/settings.xml",
    remediation=(
        "Change the password at the repository, and take it from the environment when Maven runs."
    ),
    references=("https://maven.apache.org/settings.html#Servers",),
    bad=lambda random: _line(random, _token(random)),
    good=lambda random: _line(
        random, random.choice((stand_in(random), "${env.PASSWORD}", "secret"))
    ),
)
def maven_server_password(value: str) -> Claim | None:
    """It logs in to a repository of Maven as the user named beside it.

    Whoever holds it reads private artifacts and may deploy others.
    """
    if value.startswith("{") and value.endswith("}"):
        return Claim(says="encrypted with a master password", severity=Severity.LOW)
    return password(value)
