"""Snowflake password."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.forms import named
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, password, stand_in


def _token(random: Random) -> str:
    return drawn(random)


@secret(
    id="snowflake-password",
    title="Snowflake password",
    **named(
        "snowflake",
        value=r"[!-~]{8,64}",
        chars=64,
        words="password|passwd|pwd",
        end="",
    ),
    generic=True,
    remediation=f"{REVOKE}: Snowflake: ALTER USER ... SET PASSWORD, and switch to key pairs.",
    references=("https://docs.snowflake.com/en/user-guide/admin-user-management",),
    bad=lambda random: f"SNOWFLAKE_PASSWORD={_token(random)}",
    good=lambda random: f"SNOWFLAKE_PASSWORD={stand_in(random)}",
)
def snowflake_password(value: str) -> Claim | None:
    """It logs in to Snowflake.

    Whoever holds it reads the warehouses of the user that is named beside it.
    """
    plain = value.rstrip("\"',;")
    return password(plain) if any(each.isdigit() for each in plain) else None
