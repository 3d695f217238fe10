"""Policies of Linkerd that ask nobody who they are."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_mesh import LINKERD_POLICY
from hullmark.checks.kube_network import is_everywhere
from hullmark.model import Evidence, Severity
from hullmark.model.placed import Map

_BAD = """\
apiVersion: policy.linkerd.io/v1beta1
kind: ServerAuthorization
metadata: {name: web}
spec:
  server: {name: web}
  client: {unauthenticated: true}
"""
_NETWORK = """\
apiVersion: policy.linkerd.io/v1alpha1
kind: NetworkAuthentication
metadata: {name: web}
spec:
  networks: [{cidr: 10.0.0.0/8}, {cidr: 0.0.0.0/0}]
"""
_SERVER = """\
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: {name: web}
spec: {port: http, accessPolicy: all-unauthenticated}
"""


@object_check(
    "ServerAuthorization",
    "NetworkAuthentication",
    "Server",
    id="linkerd-unauthenticated-clients",
    title="Linkerd policy allows clients without identity",
    severity=Severity.MEDIUM,
    bad=(_BAD, _NETWORK, _SERVER),
    good=(
        _BAD.replace("unauthenticated: true", "meshTLS: {identities: [web.shop]}"),
        _NETWORK.replace(", {cidr: 0.0.0.0/0}", ""),
        _SERVER.replace("all-unauthenticated", "deny"),
    ),
    remediation="Name in meshTLS the service accounts or identities that may call.",
    references=("https://linkerd.io/2/reference/authorization-policy/",),
)
def linkerd_unauthenticated_clients(subject: Object) -> Iterator[Evidence]:
    """Pods outside of the mesh, and whoever else reaches the port, call it like those inside."""
    if subject.group != LINKERD_POLICY:
        return
    spec = subject.spec
    if subject.kind == "Server":
        policy = spec.text("accessPolicy")
        if policy.endswith("-unauthenticated"):
            yield subject.tell(
                "spec.accessPolicy", f"accessPolicy is {policy}", spec.line_of("accessPolicy")
            )
        return
    if subject.kind == "ServerAuthorization":
        client = spec.map("client")
        if client.flag("unauthenticated"):
            yield subject.tell(
                "spec.client.unauthenticated",
                "allows clients without identity",
                client.line_of("unauthenticated"),
            )
        return
    for index, each in enumerate(spec.items_of("networks")):
        if isinstance(each, Map) and is_everywhere(each.text("cidr")):
            yield subject.tell(
                f"spec.networks[{index}].cidr",
                f"takes every address of {each.text('cidr')} for authenticated",
                each.line_of("cidr"),
            )
