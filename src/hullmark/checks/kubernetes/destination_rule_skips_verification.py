"""Clients of a mesh that believe every certificate."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_mesh import client_tls
from hullmark.checks.mending import put
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: pay}
spec:
  host: pay.example.com
  trafficPolicy:
    tls: {mode: SIMPLE, insecureSkipVerify: true}
"""


@object_check(
    "DestinationRule",
    id="destination-rule-skips-verification",
    title="Mesh does not verify the certificate of the service",
    severity=Severity.HIGH,
    bad=(_BAD,),
    good=(_BAD.replace(", insecureSkipVerify: true", ""), _BAD.replace("true", "false")),
    remediation="Remove insecureSkipVerify, and name the authority in caCertificates.",
    references=("https://istio.io/latest/docs/reference/config/networking/destination-rule/",),
    mend=put(
        value=False,
        says="check the certificate",
        breaks="fails where it is signed by nobody known",
        risky=True,
    ),
)
def destination_rule_skips_verification(subject: Object) -> Iterator[Evidence]:
    """Whoever sits on the way shows a certificate of their own, and reads and changes all."""
    for tls, at in client_tls(subject):
        if tls.flag("insecureSkipVerify"):
            yield subject.tell(
                f"{at}.insecureSkipVerify",
                f"the certificate of {subject.spec.text('host')!r} is not verified",
                tls.line_of("insecureSkipVerify"),
            )
