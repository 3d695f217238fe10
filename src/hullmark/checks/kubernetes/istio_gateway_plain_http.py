"""Gateways of Istio in the clear."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_mesh import istio_servers
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: front}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [www.example.com]
"""
_PLAIN = ("HTTP", "HTTP2", "GRPC", "GRPC-WEB")


@object_check(
    "Gateway",
    id="istio-gateway-plain-http",
    title="Istio gateway serves without TLS",
    severity=Severity.MEDIUM,
    bad=(_BAD, _BAD.replace("protocol: HTTP}", "protocol: GRPC}")),
    good=(
        _BAD + "    tls: {httpsRedirect: true}\n",
        _BAD.replace("protocol: HTTP}", "protocol: TLS}"),
    ),
    remediation="Serve by HTTPS, and set tls.httpsRedirect of the server of HTTP.",
    references=("https://istio.io/latest/docs/reference/config/networking/gateway/",),
)
def istio_gateway_plain_http(subject: Object) -> Iterator[Evidence]:
    """Whoever sits on the way reads and changes what clients and services say."""
    for server, at in istio_servers(subject):
        port = server.map("port")
        protocol = port.text("protocol").upper()
        if protocol in _PLAIN and not server.map("tls").flag("httpsRedirect"):
            yield subject.tell(
                f"{at}.port.protocol",
                f"port {port.text('number')} serves {protocol} without a redirect to HTTPS",
                port.line_of("protocol"),
            )
