"""Password in Composer's auth.json."""

from random import Random

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, password, stand_in


def _token(random: Random) -> str:
    return drawn(random)


def _line(_: Random, value: str) -> str:
    return f'{{"http-basic": {{"repo.internal": {{"username": "ci", "password": "{value}"}}}}}}'


@secret(
    id="composer-auth-password",
    title="Password in Composer's auth.json",
    pattern=(
        r'"username"\s{0,4}:\s{0,4}"[^"\n]{1,100}",\s{1,40}"password"\s{0,4}:\s{0,4}'
        r'"([^"\s]{4,300})"'
    ),
    anchor=(
        r'"username"\s{0,4}:\s{0,4}"[^"\n]{1,100}",\s{1,40}"password"\s{0,4}:\s{0,4}'
        r'"[^"\s]{4}'
    ),
    max_chars=500,
    keywords=('"username"',),
    names=("auth.json",),
    path="root/.composer/auth.json",
    generic=True,
    remediation=(
        "Change the password or revoke the token at the "
        "repository, and pass COMPOSER_AUTH when Composer runs."
    ),
    references=("https://getcomposer.org/doc/articles/authentication-for-private-packages.md",),
    bad=lambda random: _line(random, _token(random)),
    good=lambda random: _line(random, stand_in(random)),
)
def composer_auth_password(value: str) -> Claim | None:
    """It logs in to a repository of PHP packages.

    Whoever holds it installs private packages, and is the user that is named beside it.
    """
    return password(value)
