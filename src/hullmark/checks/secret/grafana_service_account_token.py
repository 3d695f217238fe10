"""Grafana: tokens of service accounts, which end in a checksum."""

from random import Random
from zlib import crc32

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import HEX, assigned, text
from hullmark.checks.kinds import Claim


def _checksum(body: str) -> str:
    """CRC-32, its lowest byte first."""
    return crc32(body.encode()).to_bytes(4, "little").hex()


def _token(random: Random) -> str:
    body = f"glsa_{text(random, 32)}"
    return f"{body}_{_checksum(body)}"


def _lookalike(random: Random) -> str:
    token = _token(random)
    return random.choice(
        (
            f"{token[:-8]}{text(random, 8, HEX)}",
            token[:-2],
            "glsa_your_token_here",
            "${GRAFANA_TOKEN}",
        )
    )


@secret(
    id="grafana-service-account-token",
    title="Grafana service account token",
    pattern=r"\b(glsa_[0-9A-Za-z]{32}_[0-9a-f]{8})\b",
    anchor=r"glsa_[0-9A-Za-z]{32}_[0-9a-f]{8}",
    max_chars=48,
    keywords=("glsa_",),
    binary=True,
    remediation=f"{REVOKE}: Administration, Service accounts.",
    references=("https://grafana.com/docs/grafana/latest/administration/service-accounts/",),
    bad=lambda random: assigned(random, "grafana", _token(random)),
    good=lambda random: assigned(random, "grafana", _lookalike(random)),
)
def grafana_service_account_token(value: str) -> Claim | None:
    """Whoever holds it reads and changes dashboards.

    They query data sources, as far as the account may. Its last eight characters are a checksum
    of the others.
    """
    body, _, checksum = value.rpartition("_")
    if checksum != _checksum(body):
        return None
    return Claim(says="its checksum holds")
