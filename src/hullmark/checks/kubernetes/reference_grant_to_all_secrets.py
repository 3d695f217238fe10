"""Grants that hand every secret of a namespace to another one."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.model import Evidence, Severity
from hullmark.model.placed import Map

_BAD = """\
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: {name: certificates, namespace: vault}
spec:
  from:
  - {group: gateway.networking.k8s.io, kind: Gateway, namespace: front}
  to:
  - {group: "", kind: Secret}
"""


@object_check(
    "ReferenceGrant",
    id="reference-grant-to-all-secrets",
    title="Grant lets another namespace refer to all secrets",
    severity=Severity.MEDIUM,
    bad=(_BAD,),
    good=(_BAD.replace("Secret}", "Secret, name: www}"), _BAD.replace("Secret}", "Service}")),
    remediation="Name the secret that may be referred to.",
    references=("https://gateway-api.sigs.k8s.io/api-types/referencegrant/",),
)
def reference_grant_to_all_secrets(subject: Object) -> Iterator[Evidence]:
    """Who makes gateways in the other namespace can use every certificate and key of this one."""
    if subject.group != "gateway.networking.k8s.io":
        return
    for index, each in enumerate(subject.spec.items_of("to")):
        if isinstance(each, Map) and each.text("kind") == "Secret" and not each.text("name"):
            yield subject.tell(f"spec.to[{index}]", "grants all secrets", each.line)
