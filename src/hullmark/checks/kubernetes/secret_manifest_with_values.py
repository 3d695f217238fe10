"""Secrets whose values are in the file."""

from binascii import Error, a2b_base64
from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.passwords import is_password
from hullmark.model import Evidence, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence

_HIDDEN = "ENC["
"""The beginning of values that sops encrypts in place."""

_PUBLIC = frozenset(("ca.crt", "tls.crt", "namespace", "username", "user", "host", "port"))
"""Keys whose values are no secrets."""

_BAD = """\
apiVersion: v1
kind: Secret
metadata: {name: db}
stringData:
  username: web
  password: kV7nq2-xEtz
"""
_CODED = """\
apiVersion: v1
kind: Secret
metadata: {name: db}
type: Opaque
data:
  password: a1Y3bnEyLXhFdHo=
"""


@object_check(
    "Secret",
    id="secret-manifest-with-values",
    title="Secret has its values in the manifest",
    severity=Severity.HIGH,
    kind=Kind.SECRET,
    confidence=Confidence.LIKELY,
    bad=(_BAD, _CODED),
    good=(
        _BAD.replace("kV7nq2-xEtz", "${DB_PASSWORD}"),
        _BAD.replace("kV7nq2-xEtz", "changeme"),
        _BAD.replace("kV7nq2-xEtz", "ENC[AES256_GCM,data:Zm9v,type:str]"),
        _CODED.replace("a1Y3bnEyLXhFdHo=", "Y2hhbmdlbWU="),
        _CODED.replace("a1Y3bnEyLXhFdHo=", "''"),
        _CODED.replace("password: a1Y3bnEyLXhFdHo=", "tls.crt: LS0tLS1CRUdJTg=="),
    ),
    remediation=(
        "Change the secret where it is checked, and keep its successor out of the file: in a "
        "secret store, or encrypted by sops or as a SealedSecret."
    ),
    references=("https://kubernetes.io/docs/concepts/security/secrets-good-practices/",),
)
def secret_manifest_with_values(subject: Object) -> Iterator[Evidence]:
    """Base 64 hides nothing: whoever reads the repository has what the pods log in with."""
    if subject.group or "sops" in subject.body:
        return
    for holder in ("data", "stringData"):
        values = subject.body.map(holder)
        for key in values:
            value = values.text(key)
            plain = value if holder == "stringData" else _decoded(value)
            if key not in _PUBLIC and not value.startswith(_HIDDEN) and _is_literal(plain):
                yield subject.tell(
                    f"{holder}[{key!r}]",
                    f"{subject.name} has a literal value under {key!r}",
                    values.line_of(key),
                )


def _is_literal(text: str) -> bool:
    """Whether it is a value of its own: a password, or a text of many lines such as a key."""
    text = text.strip()
    return is_password(text) or ("\n" in text and not text.startswith(("{{", "<", "$")))


def _decoded(value: str) -> str:
    """What a value in base 64 holds; empty where it is none."""
    try:
        return a2b_base64(value.encode()).decode(errors="replace")
    except (Error, UnicodeEncodeError):
        return ""
