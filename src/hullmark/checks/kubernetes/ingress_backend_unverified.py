"""Ingresses that believe every certificate of their backends."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_ingress import NGINX, is_ingress, notes_of
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/backend-protocol: HTTPS
    nginx.ingress.kubernetes.io/proxy-ssl-verify: "off"
spec:
  rules: [{host: www.example.com, http: {paths: []}}]
"""
_KEY = f"{NGINX}proxy-ssl-verify"


@object_check(
    "Ingress",
    id="ingress-backend-unverified",
    title="Ingress does not verify the certificate of its backend",
    severity=Severity.LOW,
    bad=(_BAD, _BAD.replace("HTTPS", "GRPCS")),
    good=(_BAD.replace('"off"', '"on"'), _BAD.replace("HTTPS", "HTTP")),
    remediation="Set proxy-ssl-verify to on, and name the authority by proxy-ssl-secret.",
    references=(
        "https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/",
    ),
)
def ingress_backend_unverified(subject: Object) -> Iterator[Evidence]:
    """Whoever gets between the controller and the pods reads and changes what both say."""
    notes = notes_of(subject)
    off = notes.text(_KEY) == "off" or notes.flag(_KEY) is False
    encrypted = notes.text(f"{NGINX}backend-protocol").upper() in ("HTTPS", "GRPCS")
    if is_ingress(subject) and off and encrypted:
        yield subject.tell(
            f"metadata.annotations.{_KEY}",
            "the certificate of the backend is not verified",
            notes.line_of(_KEY),
        )
