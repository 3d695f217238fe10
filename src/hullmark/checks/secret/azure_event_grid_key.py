"""Azure Event Grid key."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import BASE64, HEX, assigned, text
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return text(random, 33, BASE64) + "AZEG" + "C" + text(random, 5, BASE64) + "="


def _other(random: Random) -> str:
    return random.choice(
        (
            text(random, 44, BASE64),
            text(random, 44) + "AZEG",
            f"{text(random, 20)}AZEG{text(random, 6)}",
            "${AZURE_KEY}",
            text(random, 64, HEX),
        )
    )


@secret(
    id="azure-event-grid-key",
    title="Azure Event Grid key",
    pattern=r"(?:^|[^0-9A-Za-z+/_-])([0-9A-Za-z+/]{33}AZEG[A-P][0-9A-Za-z+/]{5}=)(?:[^0-9A-Za-z+/=_-]|$)",
    anchor=r"[0-9A-Za-z+/]{33}AZEG[A-P][0-9A-Za-z+/]{5}=",
    max_chars=46,
    keywords=("AZEG",),
    entropy=4.2,
    remediation=f"{REVOKE}: the topic, Settings, Access keys.",
    references=("https://learn.microsoft.com/en-us/azure/event-grid/authenticate-with-access-key",),
    bad=lambda random: assigned(random, "azure", _token(random)),
    good=lambda random: assigned(random, "azure", _other(random)),
)
def azure_event_grid_key(_: str) -> Claim | None:
    """It publishes events to a topic.

    Whoever holds it makes those who listen act on events that never happened.
    """
    return NOTHING_MORE
