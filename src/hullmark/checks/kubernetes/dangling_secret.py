"""Pods that want a secret which is not there."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle, Object
from hullmark.checks.kube_references import SECRET, missing
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_MAKERS = ("Certificate", "ServiceBinding", "ObjectBucketClaim", "HelmRelease", "Application")
"""Kinds beside those whose name says it, of which secrets are made."""

_BAD = """\
apiVersion: v1
kind: Secret
metadata: {name: web}
type: Opaque
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: "registry.example/web:1.4.2"}]
  volumes:
  - name: keys
    secret: {secretName: wbe}
"""
_SEALED = """\
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: web}
"""


@bundle_check(
    id="dangling-secret",
    title="Pod names a secret that is not there",
    severity=Severity.LOW,
    confidence=Confidence.POSSIBLE,
    bad=(_BAD,),
    good=(
        _BAD.replace("wbe", "web"),
        _BAD.partition("---\n")[2],
        _BAD + _SEALED,
    ),
    remediation="Name the secret as it is called, or declare how it is made.",
    references=("https://kubernetes.io/docs/concepts/configuration/secret/",),
)
def dangling_secret(bundle: Bundle) -> Iterator[Evidence]:
    """The pods do not start, and whoever may create it decides what they trust.

    Nothing is told where something of the tree makes secrets, as External Secrets or cert-manager.
    """
    if not any(map(_makes_secrets, bundle.objects)):
        yield from missing(bundle, SECRET, "secret")


def _makes_secrets(subject: Object) -> bool:
    """Whether an object is of a kind that secrets are made by."""
    if not subject.group:
        return False
    return "Secret" in subject.kind or subject.kind in _MAKERS
