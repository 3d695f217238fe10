"""What services, network policies and meshes say: whom labels select, what addresses span.

Reference: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
"""

from collections.abc import Iterator
from ipaddress import ip_address, ip_network

from hullmark.checks.kube import Object, Pod
from hullmark.model.placed import Map

NETWORK_GROUPS = ("networking.k8s.io", "extensions")
"""Groups of ingresses and of network policies, the second one of old."""

METADATA = ip_address("169.254.169.254")
"""Where clouds hand a node's credentials to whoever asks."""

METADATA_PORT = 80

_ON = ("true", "True", "1", "yes", "0.0.0.0/0")
_INTERNAL_FLAGS = (
    "service.beta.kubernetes.io/aws-load-balancer-internal",
    "service.beta.kubernetes.io/azure-load-balancer-internal",
    "service.beta.kubernetes.io/oci-load-balancer-internal",
    "service.beta.kubernetes.io/openstack-internal-load-balancer",
    "service.beta.kubernetes.io/cce-load-balancer-internal-vpc",
)
_INTERNAL_WORDS = (
    ("service.beta.kubernetes.io/aws-load-balancer-scheme", "internal"),
    ("networking.gke.io/load-balancer-type", "internal"),
    ("cloud.google.com/load-balancer-type", "internal"),
    ("service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type", "private"),
    ("service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type", "intranet"),
    ("service.beta.kubernetes.io/alicloud-loadbalancer-address-type", "intranet"),
)
_INTERNAL_GIVEN = (
    "service.kubernetes.io/qcloud-loadbalancer-internal-subnetid",
    "service.beta.kubernetes.io/azure-load-balancer-internal-subnet",
)
_PRIVATE_CLASSES = ("tailscale",)
"""Classes of load balancers that serve a private network only."""


def is_everywhere(cidr: str) -> bool:
    """Whether a range of addresses is all of them."""
    return cidr.strip().endswith("/0")


def spans_metadata(cidr: str) -> bool:
    """Whether the metadata service of clouds lies in a range of addresses."""
    try:
        return METADATA in ip_network(cidr.strip(), strict=False)
    except ValueError:
        return False


def is_internal(service: Object) -> bool:
    """Whether a service's load balancer is said to serve a private network."""
    notes = service.metadata.map("annotations")
    return (
        service.spec.text("loadBalancerClass") in _PRIVATE_CLASSES
        or any(said(notes, each) for each in _INTERNAL_FLAGS)
        or any(notes.text(key).lower() == word for key, word in _INTERNAL_WORDS)
        or any(notes.text(each) for each in _INTERNAL_GIVEN)
    )


def said(notes: Map, key: str) -> bool:
    """Whether an annotation says yes, be it as text or, against the rules, as a boolean."""
    return notes.text(key) in _ON or notes.flag(key) is True


def denied(notes: Map, key: str) -> bool:
    """Whether an annotation says no, be it as text or, against the rules, as a boolean."""
    return notes.text(key).lower() == "false" or notes.flag(key) is False


def way_in(service: Object) -> str:
    """How a service of the core is reached from outside of the cluster; empty if it is not."""
    if service.group:
        return ""
    kind = service.spec.text("type")
    if kind == "NodePort":
        return "a port of every node"
    if kind == "LoadBalancer" and not is_internal(service):
        return "a load balancer"
    return "external addresses" if service.spec.texts("externalIPs") else ""


def exposed_ports(service: Object) -> Iterator[tuple[int, Map, set[int]]]:
    """Every entry of a service's ports, its index first, with the numbers that it names."""
    for index, port in enumerate(service.spec.items_of("ports")):
        if isinstance(port, Map):
            numbers = {port.number("port"), port.number("targetPort")}
            yield index, port, {each for each in numbers if each is not None}


def selects(selector: Map, labels: Map) -> bool:
    """Whether a selector picks what carries these labels; an empty one picks everything."""
    wanted = selector.map("matchLabels")
    return all(_same(wanted, labels, key) for key in wanted) and all(
        _meets(each, labels) for each in selector.maps("matchExpressions")
    )


def _same(wanted: Map, labels: Map, key: str) -> bool:
    return key in labels and labels.get(key) == wanted.get(key)


def _meets(expression: Map, labels: Map) -> bool:
    """Whether labels meet one expression; one that cannot be read is taken to be met."""
    key, values = expression.text("key"), expression.texts("values")
    has, value = key in labels, labels.text(key)
    match expression.text("operator"):
        case "In":
            return has and value in values
        case "NotIn":
            return not has or value not in values
        case "Exists":
            return has
        case "DoesNotExist":
            return not has
    return True


def is_empty_selector(holder: Map, key: str) -> bool:
    """Whether a selector is given that picks everything."""
    found = holder.get(key)
    return isinstance(found, Map) and not any(found.values())


def workloads(objects: tuple[Object, ...]) -> Iterator[tuple[Object, Pod]]:
    """Those whose pods network policies hold for; not pods in the network of the node."""
    for each in objects:
        pod = each.pod
        if pod is not None and pod.spec.flag("hostNetwork") is not True:
            yield each, pod


def policy_peers(policy: Object, way: str, side: str) -> Iterator[tuple[Map, Map, str]]:
    """Every peer of a network policy's rules, with its rule and its path in the object.

    ``way`` is ``ingress`` or ``egress``, ``side`` accordingly ``from`` or ``to``.
    """
    for number, rule in enumerate(policy.spec.items_of(way)):
        if isinstance(rule, Map):
            for index, peer in enumerate(rule.items_of(side)):
                if isinstance(peer, Map):
                    yield rule, peer, f"spec.{way}[{number}].{side}[{index}]"


def is_open_rule(rule: object, side: str) -> bool:
    """Whether a rule of a network policy names neither peers nor ports, so lets all through."""
    return isinstance(rule, Map) and not rule.get(side) and not rule.get("ports")
