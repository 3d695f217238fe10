"""Gateways of Istio that answer for any name."""

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
  servers:
  - port: {number: 443, name: https, protocol: HTTPS}
    tls: {mode: SIMPLE, credentialName: www}
    hosts: ["*"]
"""


@object_check(
    "Gateway",
    id="istio-gateway-wildcard-host",
    title="Istio gateway takes every host of every namespace",
    severity=Severity.LOW,
    bad=(_BAD, _BAD.replace('"*"', '"*/*"')),
    good=(
        _BAD.replace('"*"', "shop/www.example.com"),
        _BAD.replace('"*"', '"./*"'),
        _BAD.replace("mode: SIMPLE, credentialName: www", "httpsRedirect: yes"),
    ),
    remediation="Name the hosts, with the namespace that may bind each: shop/www.example.com.",
    references=("https://istio.io/latest/docs/reference/config/networking/gateway/",),
)
def istio_gateway_wildcard_host(subject: Object) -> Iterator[Evidence]:
    """Any namespace can bind a virtual service to it and take over names that others serve."""
    for server, at in istio_servers(subject):
        hosts = server.items_of("hosts")
        if server.map("tls").flag("httpsRedirect"):
            continue
        for index, host in enumerate(hosts):
            if host in ("*", "*/*"):
                yield subject.tell(
                    f"{at}.hosts[{index}]", f"takes host {host!r}", hosts.line_of(index)
                )
