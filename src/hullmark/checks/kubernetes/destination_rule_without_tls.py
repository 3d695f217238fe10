"""Clients of a mesh that connect in the clear."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_mesh import client_tls
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: db}
spec:
  host: db.shop.svc.cluster.local
  trafficPolicy:
    tls: {mode: DISABLE}
"""
_PORT = "    portLevelSettings: [{port: {number: 80}, tls: {mode: DISABLE}}]\n"


@object_check(
    "DestinationRule",
    id="destination-rule-without-tls",
    title="Mesh connects to the service without TLS",
    severity=Severity.MEDIUM,
    bad=(_BAD, _BAD.replace("DISABLE", "ISTIO_MUTUAL") + _PORT),
    good=(_BAD.replace("DISABLE", "ISTIO_MUTUAL"), _BAD.replace("    tls: {mode: DISABLE}\n", "")),
    remediation="Set the mode to ISTIO_MUTUAL, or remove tls.",
    references=("https://istio.io/latest/docs/reference/config/networking/destination-rule/",),
)
def destination_rule_without_tls(subject: Object) -> Iterator[Evidence]:
    """What is sent to this host goes in the clear, even if both sides are in the mesh."""
    for tls, at in client_tls(subject):
        if tls.text("mode") == "DISABLE":
            yield subject.tell(
                f"{at}.mode",
                f"TLS to {subject.spec.text('host')!r} is disabled",
                tls.line_of("mode"),
            )
