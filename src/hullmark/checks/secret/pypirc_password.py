"""Password in .pypirc."""

from random import Random

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, password, stand_in


def _token(random: Random) -> str:
    return drawn(random)


def _line(_: Random, value: str) -> str:
    return (
        f"[internal]\nrepository = https://pkgs.internal/\nusername = build\npassword = {value}\n"
    )


@secret(
    id="pypirc-password",
    title="Password in .pypirc",
    pattern=r"\n[ \t]{0,8}password[ \t]{0,4}[:=][ \t]{0,4}(\S{4,200})",
    anchor=(
        r"(?:username|repository)[ \t]{0,4}[:=][^\n]{1,100}\r?\n[ \t]{0,8}password[ \t]"
        r"{0,4}[:=][ \t]{0,4}\S{4}"
    ),
    max_chars=240,
    keywords=("password",),
    names=(
        ".pypirc",
        "pypirc",
    ),
    path="root/.pypirc",
    generic=True,
    remediation="Change the password at the index, and use tokens or trusted publishing.",
    references=("https://packaging.python.org/en/latest/specifications/pypirc/",),
    bad=lambda random: _line(random, _token(random)),
    good=lambda random: _line(random, stand_in(random)),
)
def pypirc_password(value: str) -> Claim | None:
    """It uploads to a Python package index as the user named beside it.

    Whoever holds it publishes versions that others install.
    """
    return password(value)
