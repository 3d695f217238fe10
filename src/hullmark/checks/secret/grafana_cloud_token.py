"""Grafana Cloud: tokens of access policies, which are JSON in base 64."""

from binascii import b2a_base64
from random import Random

from msgspec.json import encode

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, number, text
from hullmark.checks.kinds import Claim
from hullmark.checks.proofs import base64_json


def _token(random: Random) -> str:
    inner = {
        "o": number(random, 6),
        "n": f"stack-{number(random, 6)}-alloy",
        "k": text(random, 24),
        "m": {"r": "eu"},
    }
    return f"glc_{b2a_base64(encode(inner), newline=False).decode()}"


def _lookalike(random: Random) -> str:
    token = _token(random)
    return random.choice(
        (
            f"glc_eyJ{text(random, 60)}",
            token[:30],
            "glc_your_token_here",
            "${GRAFANA_TOKEN}",
        )
    )


@secret(
    id="grafana-cloud-token",
    title="Grafana Cloud access policy token",
    pattern=r"\b(glc_eyJ[0-9A-Za-z+/]{40}[0-9A-Za-z+/]*={0,2})(?:[^0-9A-Za-z+/=]|$)",
    anchor=r"glc_eyJ[0-9A-Za-z+/]{40}",
    max_chars=410,
    keywords=("glc_eyJ",),
    binary=True,
    remediation=f"{REVOKE}: the Cloud Portal, Access Policies.",
    references=(
        "https://grafana.com/docs/grafana-cloud/security-and-account-management/authentication-and-permissions/access-policies/",
    ),
    bad=lambda random: assigned(random, "grafana", _token(random)),
    good=lambda random: assigned(random, "grafana", _lookalike(random)),
)
def grafana_cloud_token(value: str) -> Claim | None:
    """Whoever holds it reads or writes the stack's measurements and logs. Its policy says which."""
    inner = base64_json(value[4:])
    if inner is None or not {"o", "k"} <= set(inner):
        return None
    return Claim(says=f"of the organisation {inner['o']}"[:80])
