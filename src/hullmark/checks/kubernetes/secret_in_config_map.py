"""Secrets in what is meant for settings."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_secrets import what_it_holds
from hullmark.model import Evidence, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence

_BAD = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  db.host: db
  db.password: kV7nq2-xEtz
"""
_KEY = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  server.pem: |
    -----BEGIN PRIVATE KEY-----
    MC4CAQAwBQYDK2VwBCIEIJ
"""


@object_check(
    "ConfigMap",
    id="secret-in-config-map",
    title="Secret in a ConfigMap",
    severity=Severity.HIGH,
    kind=Kind.SECRET,
    confidence=Confidence.LIKELY,
    bad=(_BAD, _KEY),
    good=(
        _BAD.replace("kV7nq2-xEtz", "changeme"),
        _BAD.replace("db.password", "db.password.path").replace("kV7nq2-xEtz", "/run/secrets/db"),
        _KEY.replace("PRIVATE KEY", "CERTIFICATE"),
    ),
    remediation=(
        "Change the secret where it is checked, and keep its successor in a Secret or a secret "
        "store."
    ),
    references=(
        "https://kubernetes.io/docs/concepts/configuration/configmap/",
        "https://kubernetes.io/docs/concepts/security/secrets-good-practices/",
    ),
)
def secret_in_config_map(subject: Object) -> Iterator[Evidence]:
    """Many may read config maps who may read no secrets, and they are not encrypted at rest."""
    data = subject.body.map("data")
    for key in data:
        holds = what_it_holds(key, data.text(key))
        if holds:
            yield subject.tell(
                f"data[{key!r}]", f"{subject.name} has {holds} under {key!r}", data.line_of(key)
            )
