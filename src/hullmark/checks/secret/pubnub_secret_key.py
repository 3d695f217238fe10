"""PubNub: secret keys of keysets."""

from binascii import b2a_base64
from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, unlike, uuid
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import is_drawn


def _token(random: Random) -> str:
    return f"sec-c-{b2a_base64(uuid(random).encode(), newline=False).decode()}"


@secret(
    id="pubnub-secret-key",
    title="PubNub secret key",
    pattern=r"\b(sec-c-[0-9A-Za-z+/]{48})(?:[^0-9A-Za-z+/]|$)",
    anchor=r"sec-c-[0-9A-Za-z+/]{48}",
    max_chars=58,
    keywords=("sec-c-",),
    binary=True,
    remediation=f"{REVOKE}: the Admin Portal, the keyset.",
    references=("https://www.pubnub.com/docs/general/security/access-control",),
    bad=lambda random: assigned(random, "pubnub", _token(random)),
    good=lambda random: assigned(random, "pubnub", unlike(random, "sec-c-", 48)),
)
def pubnub_secret_key(value: str) -> Claim | None:
    """Whoever holds it grants anybody access to any channel."""
    return NOTHING_MORE if is_drawn(value) else None
