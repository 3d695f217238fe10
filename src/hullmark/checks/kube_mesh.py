"""What service meshes read from manifests: Istio's objects, and annotations of pods.

Reference: https://istio.io/latest/docs/reference/config/
"""

from collections.abc import Iterator

from hullmark.checks.kube import Object
from hullmark.model.placed import Map

ISTIO_SECURITY = "security.istio.io"
ISTIO_NETWORK = "networking.istio.io"
LINKERD_POLICY = "policy.linkerd.io"

ROOT = "istio-system"
"""The namespace whose policies hold for the whole mesh, unless an administrator chose another."""


def mesh_metadata(subject: Object) -> tuple[Map, str]:
    """Where a mesh reads labels and annotations, with its path: of the pods, or the namespace."""
    pod = subject.pod
    if pod is None:
        return subject.metadata, "metadata"
    return pod.metadata, pod.at.removesuffix("spec") + "metadata"


def client_tls(rule: Object) -> Iterator[tuple[Map, str]]:
    """Every TLS setting of a DestinationRule, with its path."""
    if rule.group != ISTIO_NETWORK:
        return
    yield from _of_policy(rule.spec.map("trafficPolicy"), "spec.trafficPolicy")
    for index, subset in enumerate(rule.spec.items_of("subsets")):
        if isinstance(subset, Map):
            at = f"spec.subsets[{index}].trafficPolicy"
            yield from _of_policy(subset.map("trafficPolicy"), at)


def _of_policy(policy: Map, at: str) -> Iterator[tuple[Map, str]]:
    yield policy.map("tls"), f"{at}.tls"
    for index, port in enumerate(policy.items_of("portLevelSettings")):
        if isinstance(port, Map):
            yield port.map("tls"), f"{at}.portLevelSettings[{index}].tls"


def istio_servers(gateway: Object) -> Iterator[tuple[Map, str]]:
    """Every server of a gateway of Istio, with its path."""
    if gateway.group != ISTIO_NETWORK:
        return
    for index, server in enumerate(gateway.spec.items_of("servers")):
        if isinstance(server, Map):
            yield server, f"spec.servers[{index}]"


def mutual_tls(policy: Object) -> Iterator[tuple[Map, str, str]]:
    """Every setting of a PeerAuthentication that has a mode, with its path and what it is for."""
    if policy.group != ISTIO_SECURITY:
        return
    yield policy.spec.map("mtls"), "spec.mtls.mode", "all ports"
    ports = policy.spec.map("portLevelMtls")
    for port in ports:
        yield ports.map(port), f"spec.portLevelMtls.{port}.mode", f"port {port}"
