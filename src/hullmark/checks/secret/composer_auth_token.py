"""Token in Composer's auth.json."""

from random import Random

from hullmark.checks.declare import secret
from hullmark.checks.drawing import HEX, text
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return text(random, 40, HEX)


def _other(random: Random) -> str:
    return random.choice(
        (
            "your_github_token_here",
            "<token>",
            "${GITHUB_TOKEN}",
            text(random, 8),
        )
    )


@secret(
    id="composer-auth-token",
    title="Token in Composer's auth.json",
    pattern=(
        r'"(?:github-oauth|gitlab-token|gitlab-oauth|bearer)"\s{0,4}:\s{0,4}\{\s{0,40}'
        r'"[0-9A-Za-z.:-]{3,100}"\s{0,4}:\s{0,4}"([0-9A-Za-z_.-]{16,300})"'
    ),
    anchor=(
        r'"(?:github-oauth|gitlab-token|gitlab-oauth|bearer)"\s{0,4}:\s{0,4}\{\s{0,40}'
        r'"[0-9A-Za-z.:-]{3,100}"\s{0,4}:\s{0,4}"[0-9A-Za-z_.-]{16}'
    ),
    max_chars=500,
    keywords=(
        '"github-oauth"',
        '"gitlab-token"',
        '"gitlab-oauth"',
        '"bearer"',
    ),
    path="root/.composer/auth.json",
    entropy=3.0,
    generic=True,
    remediation="Revoke the token at the forge, and pass COMPOSER_AUTH when Composer runs.",
    references=("https://getcomposer.org/doc/articles/authentication-for-private-packages.md",),
    bad=lambda random: f'{{"github-oauth": {{"github.com": "{_token(random)}"}}}}',
    good=lambda random: f'{{"github-oauth": {{"github.com": "{_other(random)}"}}}}',
)
def composer_auth_token(_: str) -> Claim | None:
    """It logs in to a forge or a repository of PHP packages.

    Whoever holds it reads private repositories, and may change them.
    """
    return NOTHING_MORE
