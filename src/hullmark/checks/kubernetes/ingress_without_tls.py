"""Ingresses in the clear."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_ingress import hosts, is_covered, is_encrypted_elsewhere, is_ingress
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  rules:
  - host: www.example.com
    http: {paths: []}
"""
_OTHER = """\
  tls:
  - {hosts: [api.example.com], secretName: api}
"""
_ALB = "{name: web, annotations: {alb.ingress.kubernetes.io/certificate-arn: 'arn:aws:acm:x'}}"


@object_check(
    "Ingress",
    id="ingress-without-tls",
    title="Ingress serves without TLS",
    severity=Severity.MEDIUM,
    bad=(_BAD, _BAD + _OTHER),
    good=(
        _BAD + _OTHER.replace("api.", "www."),
        _BAD + _OTHER.replace("api.", '"*.').replace("com]", 'com"]'),
        _BAD + "  tls: [{secretName: all}]\n",
        _BAD.replace("{name: web}", _ALB),
    ),
    remediation="Add a tls entry that names the host and the secret with its certificate.",
    references=("https://kubernetes.io/docs/concepts/services-networking/ingress/#tls",),
)
def ingress_without_tls(subject: Object) -> Iterator[Evidence]:
    """Whoever sits on the way reads and changes what clients and the service say.

    That includes passwords, cookies and tokens.
    """
    if not is_ingress(subject) or is_encrypted_elsewhere(subject):
        return
    tls = subject.spec.maps("tls")
    if not tls:
        if subject.spec:
            yield subject.tell("spec.tls", "has no tls entry", subject.spec.line_of("tls"))
        return
    if any(not each.texts("hosts") for each in tls):
        return
    covering = [host for each in tls for host in each.texts("hosts")]
    for index, rule, host in hosts(subject):
        if host and not is_covered(host, covering):
            yield subject.tell(
                f"spec.rules[{index}].host",
                f"host {host!r} is in no tls entry",
                rule.line_of("host"),
            )
