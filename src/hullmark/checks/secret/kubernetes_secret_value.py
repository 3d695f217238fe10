"""Kubernetes: manifests of secrets, with values in base 64 (``data``) or plain (``stringData``)."""

from base64 import b64encode
from random import Random

from hullmark.checks.declare import secret
from hullmark.checks.drawing import text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.passwords import drawn, is_password, stand_in
from hullmark.checks.proofs import base64_bytes

MAX_VALUE_CHARS = 500
MAX_PART_CHARS = 1000
"""Of the lines between a manifest's kind, its data and the value: some 12 of 80 characters."""

_KIND = r"\n?[ ]{0,4}kind:[ \t]{1,4}[\"']?Secret[\"']?[ \t]{0,4}\r?\n"
_LINES = r"(?:[^\n-][^\n]*\n){0,12}?"
_NAMED = r"[\w.-]*(?i:pass|pwd|token|key|secret|cred|auth|dsn|conn|url|config)[\w.-]*"
_DATA = (
    r"[ ]{0,4}(?:data|stringData):[ \t]{0,4}\r?\n(?:[ \t]{1,8}[^\n]*\n){0,6}?[ \t]{1,8}"
    rf"[\"']?{_NAMED}[\"']?:[ \t]{{1,4}}[\"']?([^\s\"'#|>{{}}$]{{6,{MAX_VALUE_CHARS}}})"
)


def _manifest(name: str, value: str, field: str, *, kind_first: bool) -> str:
    head = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: app\ntype: Opaque"
    data = f"{field}:\n  username: YXBw\n  {name}: {value}"
    tail = "apiVersion: v1\n%s\nkind: Secret\nmetadata:\n  name: app\n"
    return f"{head}\n{data}\n" if kind_first else tail % data


def _bad(random: Random) -> str:
    name = random.choice(("password", "api-token", "DATABASE_PASSWORD", "tls.key"))
    field = random.choice(("data", "stringData"))
    value = drawn(random)
    if field == "data":
        value = b64encode(value.encode()).decode()
    return _manifest(name, value, field, kind_first=random.random() < 0.5)  # noqa: PLR2004 - either


def _good(random: Random) -> str:
    return random.choice(
        (
            _manifest("tenant", b64encode(b"team-one").decode(), "data", kind_first=True),
            _manifest("password", b64encode(b"changeme").decode(), "data", kind_first=True),
            _manifest("password", "{{ .Values.password }}", "stringData", kind_first=True),
            _manifest("password", stand_in(random), "stringData", kind_first=False),
            f"kind: ConfigMap\ndata:\n  token_url: {text(random, 20)}\n",
            f"kind: SecretStore\ndata:\n  key_name: {text(random, 20)}\n",
        )
    )


@secret(
    id="kubernetes-secret-value",
    title="Value in a Kubernetes secret's manifest",
    pattern=rf"{_KIND}{_LINES}{_DATA}|{_DATA}[^\n]*\n{_LINES}{_KIND}",
    anchor=r"kind:[ \t]{1,4}[\"']?Secret[\"' \t\r\n]",
    max_chars=2 * MAX_PART_CHARS + MAX_VALUE_CHARS + 400,
    keywords=("Secret",),
    path="srv/deploy/secret.yaml",
    remediation=(
        "Change it, keep the manifest out of images and repositories, and have the cluster "
        "fetch it from a secret store."
    ),
    references=("https://kubernetes.io/docs/concepts/configuration/secret/",),
    bad=_bad,
    good=_good,
)
def kubernetes_secret_value(value: str) -> Claim | None:
    """Base 64 hides nothing: whoever reads the manifest has what the cluster's pods log in with."""
    data = base64_bytes(value)
    if data is None or not data.isascii():
        return NOTHING_MORE if is_password(value) else None
    plain = data.decode().strip()
    return Claim(says="decoded from base 64") if is_password(plain) else None
