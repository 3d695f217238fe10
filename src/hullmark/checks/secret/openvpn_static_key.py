"""OpenVPN: keys that both ends share."""

from random import Random

from hullmark.checks import pem
from hullmark.checks.declare import secret
from hullmark.checks.drawing import HEX, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity
from hullmark.model.rule import Confidence

LABEL = "OpenVPN (?:Static key V1|tls-crypt-v2 (?:client|server) key)"
MIN_KEY_CHARS = 128


def _key(random: Random, lines: int) -> str:
    body = "\n".join(text(random, 32, HEX) for _ in range(lines))
    return f"-----BEGIN OpenVPN Static key V1-----\n{body}\n-----END OpenVPN Static key V1-----"


@secret(
    id="openvpn-static-key",
    title="OpenVPN static key",
    severity=Severity.HIGH,
    confidence=Confidence.CERTAIN,
    pattern=pem.pattern(LABEL),
    anchor=r"-----BEGIN OpenVPN (?:Static key V1|tls-crypt-v2 (?:client|server) key)-----",
    max_chars=4096,
    keywords=("BEGIN OpenVPN ",),
    path="etc/openvpn/client.conf",
    remediation=(
        "Make a new key with openvpn --genkey, set it at every end, and mount it when the "
        "container runs."
    ),
    references=("https://openvpn.net/community-docs/",),
    bad=lambda random: random.choice(
        (
            _key(random, 16),
            '"key": "' + _key(random, 16).replace("\n", "\\n") + '"',
            f"<tls-auth>\n{_key(random, 16)}\n</tls-auth>",
        )
    ),
    good=lambda random: random.choice(
        (
            _key(random, 0),
            "-----BEGIN OpenVPN Static key V1-----\n...\n-----END OpenVPN Static key V1-----",
            _key(random, 2),
        )
    ),
)
def openvpn_static_key(value: str) -> Claim | None:
    """With it the server answers, and where it is all there is, traffic is read and forged."""
    return NOTHING_MORE if len("".join(value.split())) >= MIN_KEY_CHARS else None
