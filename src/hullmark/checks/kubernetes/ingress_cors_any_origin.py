"""Ingresses that let every web site read their answers."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_ingress import NGINX, is_ingress, notes_of
from hullmark.checks.kube_network import denied, said
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/enable-cors: "true"
    nginx.ingress.kubernetes.io/cors-allow-origin: "*"
spec:
  rules: [{host: www.example.com, http: {paths: []}}]
"""
_ORIGIN = '    nginx.ingress.kubernetes.io/cors-allow-origin: "*"\n'
_NO_LOGIN = '    nginx.ingress.kubernetes.io/cors-allow-credentials: "false"\n'


@object_check(
    "Ingress",
    id="ingress-cors-any-origin",
    title="Ingress lets any origin read with credentials",
    severity=Severity.MEDIUM,
    bad=(_BAD, _BAD.replace(_ORIGIN, "")),
    good=(
        _BAD.replace('"*"', "https://app.example.com"),
        _BAD.replace(_ORIGIN, _ORIGIN + _NO_LOGIN),
        _BAD.replace('"true"', '"false"'),
    ),
    remediation="Name the origins in cors-allow-origin, or set cors-allow-credentials to false.",
    references=(
        "https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/",
    ),
)
def ingress_cors_any_origin(subject: Object) -> Iterator[Evidence]:
    """Any web site that a user visits may ask the service in the user's name and read answers.

    The controller allows credentials unless told otherwise, and any origin where none is named.
    """
    notes = notes_of(subject)
    key = f"{NGINX}cors-allow-origin"
    if (
        not is_ingress(subject)
        or not said(notes, f"{NGINX}enable-cors")
        or denied(notes, f"{NGINX}cors-allow-credentials")
    ):
        return
    if "*" in [each.strip() for each in (notes.text(key) or "*").split(",")]:
        at = key if key in notes else f"{NGINX}enable-cors"
        yield subject.tell(
            f"metadata.annotations.{at}",
            "any origin may read answers with credentials",
            notes.line_of(at),
        )
