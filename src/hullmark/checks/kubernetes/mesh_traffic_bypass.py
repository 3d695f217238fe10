"""Traffic that goes past the proxies of a mesh."""

from collections.abc import Iterator

from hullmark.checks.declare_config import POD, object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_mesh import mesh_metadata
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations: {traffic.sidecar.istio.io/excludeInboundPorts: "8080,9090"}
spec: {containers: [{name: web, image: registry.example/web:1}]}
"""
_KEYS = (
    "traffic.sidecar.istio.io/excludeInboundPorts",
    "traffic.sidecar.istio.io/excludeOutboundPorts",
    "traffic.sidecar.istio.io/excludeOutboundIPRanges",
    "traffic.sidecar.istio.io/excludeInterfaces",
    "config.linkerd.io/skip-inbound-ports",
    "config.linkerd.io/skip-outbound-ports",
    "config.linkerd.io/skip-subnets",
)


@object_check(
    "Namespace",
    POD,
    id="mesh-traffic-bypass",
    needs=("annotations",),
    title="Traffic goes past the proxy of the mesh",
    severity=Severity.LOW,
    bad=(
        _BAD,
        _BAD.replace("traffic.sidecar.istio.io/excludeIn", "config.linkerd.io/skip-in").replace(
            "boundPorts", "bound-ports"
        ),
    ),
    good=(_BAD.replace('"8080,9090"', '""'), _BAD.replace("exclude", "include")),
    remediation="Remove the annotation, or keep it to ports whose protocols protect themselves.",
    references=(
        "https://istio.io/latest/docs/reference/config/annotations/",
        "https://linkerd.io/2/features/protocol-detection/",
    ),
)
def mesh_traffic_bypass(subject: Object) -> Iterator[Evidence]:
    """There the mesh neither encrypts nor checks who calls, whatever its policies say."""
    metadata, at = mesh_metadata(subject)
    notes = metadata.map("annotations")
    for key in _KEYS:
        if notes.text(key):
            yield subject.tell(
                f"{at}.annotations.{key}",
                f"{key.partition('/')[2]} is {notes.text(key)!r}",
                notes.line_of(key),
            )
