"""Meshes that accept plain text beside mutual TLS."""

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
  mtls: {mode: PERMISSIVE}
"""
_PORT = "  portLevelMtls: {8080: {mode: PERMISSIVE}}\n"


@object_check(
    "PeerAuthentication",
    id="mtls-permissive",
    title="Mesh accepts plain text beside mutual TLS",
    severity=Severity.MEDIUM,
    bad=(_BAD, _BAD.replace("PERMISSIVE", "STRICT") + _PORT),
    good=(_BAD.replace("PERMISSIVE", "STRICT"), _BAD.replace("PERMISSIVE", "UNSET")),
    remediation="Set the mode to STRICT.",
    references=("https://istio.io/latest/docs/reference/config/security/peer_authentication/",),
    mend=put(
        value="STRICT",
        says="demand mutual TLS",
        breaks="turns away clients outside of the mesh",
        risky=True,
    ),
)
def mtls_permissive(subject: Object) -> Iterator[Evidence]:
    """Pods without a certificate connect as before: nobody must prove who they are."""
    for setting, at, what in mutual_tls(subject):
        if setting.text("mode") == "PERMISSIVE":
            yield subject.tell(at, f"mutual TLS is PERMISSIVE for {what}", setting.line_of("mode"))
