"""Elasticsearch: API keys: an id and a secret in base 64."""

from binascii import b2a_base64
from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import given, misfit, text
from hullmark.checks.forms import named
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import base64_bytes

NAMES = (
    "ELASTIC_API_KEY",
    "elasticsearch.api_key",
    "ELASTICSEARCH_API_KEY",
)


ID_CHARS, SECRET_CHARS = 20, 22
"""Of every key that Elasticsearch makes."""


def _token(random: Random) -> str:
    return b2a_base64(f"{text(random, 20)}:{text(random, 22)}".encode(), newline=False).decode()


@secret(
    id="elastic-api-key",
    title="Elastic API key",
    **named(
        "elasticsearch",
        "elastic",
        "es_api",
        "kibana",
        value=r"[0-9A-Za-z]{58}(?:==|[0-9A-Za-z]{2})",
        chars=60,
        words="apikey|api_key|api-key",
        end=r"(?:[^0-9A-Za-z=]|$)",
    ),
    entropy=3.8,
    remediation=f"{REVOKE}: Kibana, Stack Management, API keys.",
    references=("https://www.elastic.co/docs/deploy-manage/api-keys/elasticsearch-api-keys",),
    bad=lambda random: given(random, NAMES, _token(random)),
    good=lambda random: given(random, NAMES, misfit(random, 60)),
)
def elastic_api_key(value: str) -> Claim | None:
    """Whoever holds it reads and changes indexes, as far as the key may.

    It decodes to the key's id and its secret.
    """
    data = base64_bytes(value)
    id, _, rest = (data or b"").partition(b":")
    if len(id) != ID_CHARS or len(rest) != SECRET_CHARS:
        return None
    return NOTHING_MORE
