"""Policies of Linkerd for which every member of the mesh will do."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_mesh import LINKERD_POLICY
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata: {name: web}
spec:
  identities: ["*"]
"""


@object_check(
    "MeshTLSAuthentication",
    id="linkerd-any-mesh-identity",
    title="Linkerd policy takes any identity of the mesh",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(_BAD.replace("*", "*.shop.serviceaccount.identity.linkerd.cluster.local"),),
    remediation="Name the identities or service accounts that may call.",
    references=("https://linkerd.io/2/reference/authorization-policy/",),
)
def linkerd_any_mesh_identity(subject: Object) -> Iterator[Evidence]:
    """Any pod that is taken over, of whatever team, may call these as one of the trusted."""
    found = subject.spec.items_of("identities")
    if subject.group != LINKERD_POLICY:
        return
    for index, each in enumerate(found):
        if each == "*":
            yield subject.tell(
                f"spec.identities[{index}]", "takes any identity", found.line_of(index)
            )
