"""Client certificates that are asked for but not checked."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_ingress import NGINX, is_ingress, notes_of
from hullmark.checks.mending import put
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/auth-tls-secret: default/ca
    nginx.ingress.kubernetes.io/auth-tls-verify-client: "optional_no_ca"
spec:
  rules: [{host: www.example.com, http: {paths: []}}]
"""
_KEY = f"{NGINX}auth-tls-verify-client"


@object_check(
    "Ingress",
    id="ingress-client-certificate-unchecked",
    title="Ingress does not check client certificates",
    severity=Severity.MEDIUM,
    bad=(_BAD, _BAD.replace("optional_no_ca", "off")),
    good=(_BAD.replace("optional_no_ca", "on"),),
    remediation="Set auth-tls-verify-client to on.",
    references=("https://kubernetes.github.io/ingress-nginx/examples/auth/client-certs/",),
    mend=put(
        value="on",
        says="check certificates of clients",
        breaks="turns away clients without one",
        risky=True,
    ),
)
def ingress_client_certificate_unchecked(subject: Object) -> Iterator[Evidence]:
    """A certificate that anybody made is as good as one of your authority, or none is needed."""
    notes = notes_of(subject)
    how = "off" if notes.flag(_KEY) is False else notes.text(_KEY)
    asked = notes.text(f"{NGINX}auth-tls-secret")
    if is_ingress(subject) and asked and how in ("off", "optional_no_ca"):
        yield subject.tell(
            f"metadata.annotations.{_KEY}",
            f"checks client certificates as {how!r}",
            notes.line_of(_KEY),
        )
