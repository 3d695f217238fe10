"""Secrets with lasting tokens of service accounts."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Secret
metadata:
  name: shop-token
  annotations: {kubernetes.io/service-account.name: shop}
type: kubernetes.io/service-account-token
"""


@object_check(
    "Secret",
    id="service-account-token-secret",
    title="Secret holds a lasting token of a service account",
    severity=Severity.MEDIUM,
    bad=(_BAD,),
    good=(_BAD.replace("kubernetes.io/service-account-token", "Opaque"),),
    remediation=(
        "Let pods get their token by a projected volume, and others by the TokenRequest API."
    ),
    references=(
        "https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets",
    ),
)
def service_account_token_secret(subject: Object) -> Iterator[Evidence]:
    """The token never expires, and is not bound to a pod.

    Whoever reads the secret once acts as the account until someone deletes it.
    """
    if subject.body.text("type") == "kubernetes.io/service-account-token":
        account = subject.metadata.map("annotations").text("kubernetes.io/service-account.name")
        whose = f"of service account {account!r}" if account else "of a service account"
        yield subject.tell(
            "type", f"it holds a token {whose} that never expires", subject.body.line_of("type")
        )
