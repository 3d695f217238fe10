"""Secrets whose values are in the file."""

from binascii import Error, a2b_base64
from collections.abc import Iterator
from re import compile as regex

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.passwords import is_password
from hullmark.model import Evidence, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence

_HIDDEN = "ENC["
"""The beginning of values that sops encrypts in place."""

_is_public = regex(
    r"(?i)(?:.{0,200}[_.-])?(?:user(?:name)?|host(?:name)?|port|database|db|name|namespace|email"
    r"|region|type|id|crt|cert|pub)"
).fullmatch
"""Keys whose values are no secrets."""

MAX_WORD_CHARS = 128
"""What is longer is no word that stands in for a value."""

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
_DOCKER = """\
apiVersion: v1
kind: Secret
metadata: {name: registry}
type: kubernetes.io/dockerconfigjson
data:
  .dockerconfigjson: eyJhdXRocyI6IHsiYS5leGFtcGxlIjogeyJhdXRoIjogImQyVmlPbXQifX19
"""


@object_check(
    "Secret",
    id="secret-manifest-with-values",
    title="Secret has its values in the manifest",
    severity=Severity.HIGH,
    kind=Kind.SECRET,
    confidence=Confidence.LIKELY,
    bad=(_BAD, _CODED, _DOCKER),
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
            if not _is_public(key) and not value.startswith(_HIDDEN) and _is_literal(plain):
                yield subject.tell(
                    f"{holder}[{key!r}]",
                    f"{subject.name} has a literal value under {key!r}",
                    values.line_of(key),
                )


def _is_literal(text: str) -> bool:
    """Whether it is a value of its own: a password, or a whole file such as a key."""
    text = text.strip()
    if is_password(text) or text.startswith(('{"', "{\n")):
        return True
    is_file = "\n" in text or len(text) > MAX_WORD_CHARS
    return is_file and not text.startswith(("{{", "<", "$"))


def _decoded(value: str) -> str:
    """What a value in base 64 holds; empty where it is none."""
    try:
        return a2b_base64(value.encode()).decode(errors="replace")
    except (Error, UnicodeEncodeError):
        return ""
