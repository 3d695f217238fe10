"""Meshes without mutual TLS."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_mesh import mutual_tls
from hullmark.checks.mending import put
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: default, namespace: shop}
spec:
  mtls: {mode: DISABLE}
"""
_PORT = "  portLevelMtls: {8080: {mode: DISABLE}}\n"


@object_check(
    "PeerAuthentication",
    id="mtls-disabled",
    title="Mesh does without mutual TLS",
    severity=Severity.HIGH,
    bad=(_BAD, _BAD.replace("DISABLE", "STRICT") + _PORT),
    good=(_BAD.replace("DISABLE", "STRICT"), _BAD.replace("DISABLE", "PERMISSIVE")),
    remediation="Set the mode to STRICT.",
    references=("https://istio.io/latest/docs/reference/config/security/peer_authentication/",),
    mend=put(
        value="STRICT",
        says="demand mutual TLS",
        breaks="turns away clients outside of the mesh",
        risky=True,
    ),
)
def mtls_disabled(subject: Object) -> Iterator[Evidence]:
    """Connections go in the clear and nobody proves who they are.

    Rules that name identities cannot hold then.
    """
    for setting, at, what in mutual_tls(subject):
        if setting.text("mode") == "DISABLE":
            yield subject.tell(at, f"mutual TLS is disabled for {what}", setting.line_of("mode"))
