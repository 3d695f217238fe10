"""Names in the cluster that lead to places where no service should lead."""

from collections.abc import Iterator
from ipaddress import ip_address

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Service
metadata: {name: api}
spec:
  type: ExternalName
  externalName: kubernetes.default.svc.cluster.local
"""
_HOSTS = ("localhost", "metadata", "metadata.google.internal", "instance-data", "kubernetes")
"""Hosts that are this one, a cloud's metadata service, or the API server."""

_ENDS = (".localhost", ".localdomain", ".nip.io", ".sslip.io", ".xip.io")
"""Domains of which every name leads to the loopback or to the address in the name."""


@object_check(
    "Service",
    id="external-name-to-internal-host",
    title="ExternalName leads to an address or to an internal host",
    severity=Severity.MEDIUM,
    bad=(
        _BAD,
        _BAD.replace("kubernetes.default.svc.cluster.local", "169.254.169.254"),
        _BAD.replace("kubernetes.default.svc.cluster.local", "127.0.0.1.nip.io"),
    ),
    good=(
        _BAD.replace("kubernetes.default.svc.cluster.local", "db.example.com"),
        _BAD.replace("ExternalName", "ClusterIP"),
    ),
    remediation="Name the public host of the service that is meant, or use a service with pods.",
    references=("https://kubernetes.io/docs/concepts/services-networking/service/#externalname",),
)
def external_name_to_internal_host(subject: Object) -> Iterator[Evidence]:
    """An ingress or proxy that serves this name hands the internal host to its clients.

    So the loopback, the API server or the metadata service of the cloud can be reached from
    outside.
    """
    spec = subject.spec
    host = spec.text("externalName").rstrip(".").lower()
    if subject.group or spec.text("type") != "ExternalName" or not host:
        return
    if _is_internal(host):
        yield subject.tell("spec.externalName", f"leads to {host!r}", spec.line_of("externalName"))


def _is_internal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return (
            host in _HOSTS
            or host.endswith(_ENDS)
            or host.partition(".svc")[0] == "kubernetes.default"
        )
    return True
