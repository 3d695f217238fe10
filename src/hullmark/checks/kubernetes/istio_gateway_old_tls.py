"""Gateways of Istio that speak outdated TLS."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_mesh import istio_servers
from hullmark.checks.mending import put
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: front}
spec:
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    tls: {mode: SIMPLE, credentialName: www, minProtocolVersion: TLSV1_0}
    hosts: [www.example.com]
"""


@object_check(
    "Gateway",
    id="istio-gateway-old-tls",
    title="Istio gateway accepts outdated TLS",
    severity=Severity.MEDIUM,
    bad=(_BAD, _BAD.replace("TLSV1_0", "TLSV1_1")),
    good=(_BAD.replace("TLSV1_0", "TLSV1_2"), _BAD.replace(", minProtocolVersion: TLSV1_0", "")),
    remediation="Set minProtocolVersion to TLSV1_2 or TLSV1_3.",
    references=(
        "https://istio.io/latest/docs/reference/config/networking/gateway/",
        "https://www.rfc-editor.org/rfc/rfc8996.html",
    ),
    mend=put(value="TLSV1_2", says="demand TLS 1.2", breaks="turns away clients that know none"),
)
def istio_gateway_old_tls(subject: Object) -> Iterator[Evidence]:
    """TLS 1.0 and 1.1 rest on broken hashes and ciphers, and were withdrawn in 2021."""
    for server, at in istio_servers(subject):
        tls = server.map("tls")
        version = tls.text("minProtocolVersion")
        if version in ("TLSV1_0", "TLSV1_1"):
            yield subject.tell(
                f"{at}.tls.minProtocolVersion",
                f"accepts {version.replace('V', ' ').replace('_', '.')}",
                tls.line_of("minProtocolVersion"),
            )
