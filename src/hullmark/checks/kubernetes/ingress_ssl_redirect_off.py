"""Ingresses that keep serving in the clear beside TLS."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_ingress import NGINX, is_ingress, notes_of
from hullmark.checks.kube_network import denied
from hullmark.checks.mending import put
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations: {nginx.ingress.kubernetes.io/ssl-redirect: "false"}
spec:
  tls: [{hosts: [www.example.com], secretName: www}]
  rules: [{host: www.example.com, http: {paths: []}}]
"""
_KEYS = (
    f"{NGINX}ssl-redirect",
    "haproxy.org/ssl-redirect",
    "haproxy-ingress.github.io/ssl-redirect",
    "ingress.kubernetes.io/ssl-redirect",
    "appgw.ingress.kubernetes.io/ssl-redirect",
)


@object_check(
    "Ingress",
    id="ingress-ssl-redirect-off",
    title="Ingress does not lead clients to HTTPS",
    severity=Severity.MEDIUM,
    bad=(_BAD, _BAD.replace("nginx.ingress.kubernetes.io", "haproxy.org")),
    good=(
        _BAD.replace("false", "true"),
        _BAD.replace("  tls: [{hosts: [www.example.com], secretName: www}]\n", ""),
    ),
    remediation="Remove the annotation, so that requests in the clear are redirected.",
    references=("https://kubernetes.github.io/ingress-nginx/user-guide/tls/",),
    mend=put(
        value="true",
        says="redirect to HTTPS",
        breaks="goes in circles behind a proxy that ends TLS",
        risky=True,
    ),
)
def ingress_ssl_redirect_off(subject: Object) -> Iterator[Evidence]:
    """Clients that come by plain HTTP stay there, where others read and change what is sent."""
    if not is_ingress(subject) or not subject.spec.maps("tls"):
        return
    notes = notes_of(subject)
    for each in _KEYS:
        if denied(notes, each):
            yield subject.tell(
                f"metadata.annotations.{each}",
                "has a certificate but does not redirect to it",
                notes.line_of(each),
            )
