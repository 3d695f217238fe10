"""Azure Functions key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, BASE64URL, HEX, assigned, text
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return text(random, 44, BASE64URL) + "AzFu" + text(random, 5, BASE64URL) + "A=="


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 56, BASE64),
            text(random, 56) + "AzFu",
            f"{text(random, 20)}AzFu{text(random, 6)}",
            "${AZURE_KEY}",
            text(random, 64, HEX),
        )
    )


@secret(
    id="azure-function-key",
    title="Azure Functions key",
    pattern=r"(?:^|[^0-9A-Za-z+/_-])([0-9A-Za-z_-]{44}AzFu[0-9A-Za-z_-]{5}[AQgw]==)(?:[^0-9A-Za-z+/=_-]|$)",
    anchor=r"[0-9A-Za-z_-]{44}AzFu[0-9A-Za-z_-]{5}[AQgw]==",
    max_chars=58,
    keywords=("AzFu",),
    entropy=4.2,
    remediation=f"{REVOKE}: Function app, App keys.",
    references=("https://learn.microsoft.com/en-us/azure/azure-functions/function-keys-how-to",),
    bad=lambda random: assigned(random, "azure", _token(random)),
    good=lambda random: assigned(random, "azure", _other(random)),
)
def azure_function_key(_: str) -> Claim | None:
    """It calls functions that are not public.

    A host or master key also reads and changes the functions themselves.
    """
    return NOTHING_MORE
