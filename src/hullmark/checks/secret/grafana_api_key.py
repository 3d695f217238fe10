"""Grafana: API keys of the older form, which are JSON in base 64."""

from binascii import b2a_base64
from random import Random

from msgspec.json import encode

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, uuid
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import base64_json


def _token(random: Random) -> str:
    inner = {"k": text(random, 32), "n": "deploy", "id": 1}
    return b2a_base64(encode(inner), newline=False).decode()


def _lookalike(random: Random) -> str:
    token = _token(random)
    return random.choice(
        (
            f"eyJrIjoi{text(random, 60)}",
            b2a_base64(encode({"k": text(random, 36), "t": uuid(random)}), newline=False).decode(),
            token[:30],
            "${GRAFANA_TOKEN}",
        )
    )


@secret(
    id="grafana-api-key",
    title="Grafana API key",
    pattern=r"(?:^|[^0-9A-Za-z+/.])(eyJrIjoi[0-9A-Za-z+/]{50,200}={0,2})(?:[^0-9A-Za-z+/=]|$)",
    anchor=r"eyJrIjoi[0-9A-Za-z+/]{50}",
    max_chars=212,
    keywords=("eyJrIjoi",),
    remediation=f"{REVOKE}: Administration, API keys.",
    references=(
        "https://grafana.com/docs/grafana/latest/administration/service-accounts/migrate-api-keys/",
    ),
    bad=lambda random: assigned(random, "grafana", _token(random)),
    good=lambda random: assigned(random, "grafana", _lookalike(random)),
)
def grafana_api_key(value: str) -> Claim | None:
    """Whoever holds it reads and changes dashboards.

    They query data sources, as far as its role may.
    """
    inner = base64_json(value)
    if inner is None or not {"k", "n", "id"} <= set(inner):
        return None
    return NOTHING_MORE
