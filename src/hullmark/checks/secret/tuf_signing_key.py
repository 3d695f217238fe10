"""The Update Framework: signing keys as securesystemslib keeps them."""

from hullmark.checks.declare import secret
from hullmark.checks.drawing import HEX, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


@secret(
    id="tuf-signing-key",
    title="TUF signing key",
    severity=Severity.HIGH,
    pattern=(
        r"\"keyval\"\s?:\s?\{\s{0,40}(?:\"public\"\s?:\s?\"[^\"]*\"\s?,\s{0,40})"
        r"?\"private\"\s?:\s?\"([0-9a-f]{64})\""
    ),
    anchor=r"\"private\"\s?:\s?\"[0-9a-f]{64}\"",
    max_chars=1300,
    keywords=('"keyval"',),
    entropy=3.0,
    path="repository/keystore/root_key.json",
    remediation=(
        "Rotate the key by a new root that the old ones sign, and keep signing keys off "
        "every machine that serves updates."
    ),
    references=("https://theupdateframework.github.io/specification/latest/",),
    bad=lambda random: (
        '{"keytype": "ed25519", "keyval": {"public": "'
        f'{text(random, 64, HEX)}", "private": "{text(random, 64, HEX)}"' + "}}"
    ),
    good=lambda random: random.choice(
        (
            '{"keytype": "ed25519", "keyval": {"public": "' + text(random, 64, HEX) + '"}}',
            '{"keyval": {"public": "' + text(random, 64, HEX) + '", "private": ""}}',
            '{"keyval": {"private": "' + text(random, 40, HEX) + '"}}',
        )
    ),
)
def tuf_signing_key(_: str) -> Claim | None:
    """Whoever holds it signs updates that clients install."""
    return NOTHING_MORE
