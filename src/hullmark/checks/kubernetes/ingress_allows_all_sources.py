"""Allow lists that allow everybody."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_ingress import NGINX, is_ingress, notes_of
from hullmark.checks.kube_network import is_everywhere
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations: {nginx.ingress.kubernetes.io/whitelist-source-range: "10.0.0.0/8, 0.0.0.0/0"}
spec:
  rules: [{host: www.example.com, http: {paths: []}}]
"""
_KEYS = (
    f"{NGINX}whitelist-source-range",
    f"{NGINX}allowlist-source-range",
    "haproxy.org/allow-list",
    "haproxy.org/whitelist",
    "haproxy-ingress.github.io/allowlist-source-range",
    "alb.ingress.kubernetes.io/inbound-cidrs",
)


@object_check(
    "Ingress",
    id="ingress-allows-all-sources",
    title="Allow list of the ingress holds all addresses",
    severity=Severity.MEDIUM,
    bad=(_BAD, _BAD.replace("whitelist", "allowlist")),
    good=(_BAD.replace(", 0.0.0.0/0", ""), _BAD.replace("whitelist", "denylist")),
    remediation="Remove the range of all addresses from the list.",
    references=(
        "https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/",
    ),
)
def ingress_allows_all_sources(subject: Object) -> Iterator[Evidence]:
    """The list looks like a limit and is none: everybody on the internet is let in."""
    if not is_ingress(subject):
        return
    notes = notes_of(subject)
    for key in _KEYS:
        if any(is_everywhere(each) for each in notes.text(key).split(",")):
            yield subject.tell(
                f"metadata.annotations.{key}",
                "the allow list holds all addresses",
                notes.line_of(key),
            )
