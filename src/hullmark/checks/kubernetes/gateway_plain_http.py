"""Gateways in the clear."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.model import Evidence, Severity
from hullmark.model.placed import Map

_BAD = """\
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: front}
spec:
  gatewayClassName: cilium
  listeners:
  - {name: web, protocol: HTTP, port: 80}
"""
_TLS = "  - {name: tls, protocol: HTTPS, port: 443, tls: {certificateRefs: [{name: www}]}}\n"


@object_check(
    "Gateway",
    id="gateway-plain-http",
    title="Gateway listens without TLS only",
    severity=Severity.MEDIUM,
    bad=(_BAD,),
    good=(_BAD + _TLS, _BAD.replace("HTTP,", "TCP,")),
    remediation="Add a listener of protocol HTTPS, and redirect requests to it.",
    references=("https://gateway-api.sigs.k8s.io/guides/tls/",),
)
def gateway_plain_http(subject: Object) -> Iterator[Evidence]:
    """Whoever sits on the way reads and changes what clients and services say."""
    if subject.group != "gateway.networking.k8s.io":
        return
    listeners = subject.spec.items_of("listeners")
    protocols = [each.text("protocol") for each in listeners if isinstance(each, Map)]
    if "HTTPS" in protocols or "TLS" in protocols:
        return
    for index, each in enumerate(listeners):
        if isinstance(each, Map) and each.text("protocol") == "HTTP":
            yield subject.tell(
                f"spec.listeners[{index}].protocol",
                f"listener {each.text('name')!r} serves HTTP, and none serves HTTPS",
                each.line_of("protocol"),
            )
