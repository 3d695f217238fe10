"""Ingresses that claim one path."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle, Object
from hullmark.checks.kube_ingress import NGINX, is_ingress, notes_of
from hullmark.checks.kube_network import said
from hullmark.checks.kube_places import together
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

PLACEHOLDER = "chart-example.local"
"""The host that ``helm create`` writes into every chart, for somebody to change."""

_BAD = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop}
spec:
  rules:
  - host: shop.example.com
    http: {paths: [{path: /, backend: {service: {name: web}}}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: blog, namespace: blog}
spec:
  rules:
  - host: shop.example.com
    http: {paths: [{path: /, backend: {service: {name: blog}}}]}
"""
_CLASS = "kubernetes.io/ingress.class"


@bundle_check(
    id="conflicting-ingress-path",
    title="Two ingresses claim the same host and path",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    bad=(_BAD,),
    good=(
        _BAD.replace(
            "path: /, backend: {service: {name: blog", "path: /b, backend: {service: {name: b"
        ),
        _BAD.replace("shop.example.com", "blog.example.com", 1),
        _BAD.replace("shop.example.com", PLACEHOLDER),
        _BAD.replace("name: blog, namespace: blog", "name: web, namespace: shop"),
        _BAD.replace(
            "namespace: blog", f'namespace: blog, annotations: {{"{NGINX}canary": "true"}}'
        ),
        _BAD.replace("spec:", "spec:\n  ingressClassName: inner", 1),
    ),
    remediation="Leave the path to one of them.",
    references=("https://kubernetes.io/docs/concepts/services-networking/ingress/",),
)
def conflicting_ingress_path(bundle: Bundle) -> Iterator[Evidence]:
    """Which of the two gets the requests is left to the controller.

    So whoever may create an ingress in one namespace can take what is meant for another.
    """
    claimed: dict[tuple[str, str], list[tuple[Object, int]]] = {}
    for each in bundle.of("Ingress"):
        if not is_ingress(each) or said(notes_of(each), f"{NGINX}canary"):
            continue
        for number, rule in enumerate(each.spec.maps("rules")):
            host = rule.text("host").lower()
            is_real = host not in ("", PLACEHOLDER)
            for index, path in enumerate(rule.map("http").maps("paths") if is_real else ()):
                others = claimed.setdefault((host, path.text("path") or "/"), [])
                for other, line in others:
                    bundle.spend()
                    if _conflict(each, other):
                        where = f" in {other.source.path}" if other.source.path else ""
                        yield each.tell(
                            f"spec.rules[{number}].http.paths[{index}]",
                            f"{host}{path.text('path') or '/'} is that of {other.name}{where}, "
                            f"line {line}, too",
                            path.line_of("path"),
                        )
                        break
                others.append((each, path.line_of("path")))


def _conflict(one: Object, other: Object) -> bool:
    """Whether two are different ingresses of one controller, and may be in one cluster."""
    if one.name == other.name and (one.namespace == other.namespace or not one.namespace):
        return False
    if one.name == other.name and not other.namespace:
        return False
    return _class(one) == _class(other) and together(one.source, other.source)


def _class(ingress: Object) -> str:
    return ingress.spec.text("ingressClassName") or notes_of(ingress).text(_CLASS)
