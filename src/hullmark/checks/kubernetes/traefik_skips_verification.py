"""Transports of Traefik that believe every certificate."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.mending import put
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: traefik.io/v1alpha1
kind: ServersTransport
metadata: {name: backend}
spec:
  insecureSkipVerify: true
"""
_TCP = """\
apiVersion: traefik.io/v1alpha1
kind: ServersTransportTCP
metadata: {name: backend}
spec:
  tls: {insecureSkipVerify: true}
"""
_GROUPS = ("traefik.io", "traefik.containo.us")


@object_check(
    "ServersTransport",
    "ServersTransportTCP",
    id="traefik-skips-verification",
    title="Traefik does not verify the certificate of its backend",
    severity=Severity.MEDIUM,
    bad=(_BAD, _TCP),
    good=(_BAD.replace("true", "false"), _TCP.replace("insecureSkipVerify: true", "serverName: a")),
    remediation="Remove insecureSkipVerify, and name the authority of the backend.",
    references=("https://doc.traefik.io/traefik/routing/services/",),
    mend=put(
        value=False,
        says="check the certificate",
        breaks="fails where it is signed by nobody known",
        risky=True,
    ),
)
def traefik_skips_verification(subject: Object) -> Iterator[Evidence]:
    """Whoever gets between Traefik and the pods reads and changes what both say."""
    if subject.group not in _GROUPS:
        return
    for holder, at in ((subject.spec, "spec"), (subject.spec.map("tls"), "spec.tls")):
        if holder.flag("insecureSkipVerify"):
            yield subject.tell(
                f"{at}.insecureSkipVerify",
                "the certificate of the backend is not verified",
                holder.line_of("insecureSkipVerify"),
            )
