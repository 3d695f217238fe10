"""Meshes whose pods may call any host."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_mesh import ISTIO_NETWORK
from hullmark.checks.mending import put
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: default, namespace: shop}
spec:
  outboundTrafficPolicy: {mode: ALLOW_ANY}
"""
_OPERATOR = """\
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
spec:
  meshConfig: {outboundTrafficPolicy: {mode: ALLOW_ANY}}
"""


@object_check(
    "Sidecar",
    "IstioOperator",
    id="mesh-egress-open",
    title="Mesh lets pods call any host",
    severity=Severity.LOW,
    bad=(_BAD, _OPERATOR),
    good=(
        _BAD.replace("ALLOW_ANY", "REGISTRY_ONLY"),
        _OPERATOR.replace("{outboundTrafficPolicy: {mode: ALLOW_ANY}}", "{}"),
    ),
    remediation="Set the mode to REGISTRY_ONLY, and make a ServiceEntry for each host needed.",
    references=("https://istio.io/latest/docs/tasks/traffic-management/egress/egress-control/",),
    mend=put(
        value="REGISTRY_ONLY",
        says="let out only what is known",
        breaks="cuts connections to hosts that are not registered",
        risky=True,
    ),
)
def mesh_egress_open(subject: Object) -> Iterator[Evidence]:
    """A pod that is taken over can send data to any host, and fetch its tools from any."""
    if subject.group not in (ISTIO_NETWORK, "install.istio.io"):
        return
    mesh = subject.spec.map("meshConfig")
    for holder, at in ((subject.spec, "spec"), (mesh, "spec.meshConfig")):
        policy = holder.map("outboundTrafficPolicy")
        if policy.text("mode") == "ALLOW_ANY":
            yield subject.tell(
                f"{at}.outboundTrafficPolicy.mode",
                "pods may call hosts that the mesh does not know",
                policy.line_of("mode"),
            )
