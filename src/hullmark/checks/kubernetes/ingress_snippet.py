"""Configuration of nginx that ingresses bring along."""

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
    nginx.ingress.kubernetes.io/configuration-snippet: |
      more_set_headers "X-Frame-Options: DENY";
spec:
  rules: [{host: www.example.com, http: {paths: []}}]
"""
_SNIPPETS = (
    "configuration-snippet",
    "server-snippet",
    "auth-snippet",
    "stream-snippet",
    "modsecurity-snippet",
)


@object_check(
    "Ingress",
    id="ingress-snippet",
    title="Ingress writes into nginx's configuration",
    severity=Severity.HIGH,
    bad=(_BAD, _BAD.replace("configuration-", "server-")),
    good=(
        _BAD.replace("configuration-snippet", "upstream-vhost"),
        _BAD.replace("nginx.", "other."),
    ),
    remediation=(
        "Use the annotations of the controller instead, and set allow-snippet-annotations to "
        "false in its configuration."
    ),
    references=(
        "https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/",
        "https://nvd.nist.gov/vuln/detail/CVE-2021-25742",
    ),
)
def ingress_snippet(subject: Object) -> Iterator[Evidence]:
    """Snippets become directives of the controller, which may read secrets of the whole cluster.

    Who writes an ingress can so get its service account's token (CVE-2021-25742).
    """
    if not is_ingress(subject):
        return
    notes = notes_of(subject)
    for each in _SNIPPETS:
        if notes.text(f"{NGINX}{each}"):
            yield subject.tell(
                f"metadata.annotations.{NGINX}{each}",
                f"has a {each}",
                notes.line_of(f"{NGINX}{each}"),
            )
