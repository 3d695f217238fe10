"""Which network policies of a file hold for which namespace, whoever's kind they are."""

from collections.abc import Iterator

from hullmark.checks.kube import Bundle, Object
from hullmark.checks.kube_network import NETWORK_GROUPS
from hullmark.model.placed import Map

CILIUM = "cilium.io"
CALICO = ("projectcalico.org", "crd.projectcalico.org")

_FOR_ALL = (
    "CiliumClusterwideNetworkPolicy",
    "GlobalNetworkPolicy",
    "AdminNetworkPolicy",
    "BaselineAdminNetworkPolicy",
    "ClusterNetworkPolicy",
)
"""Kinds that hold for pods of every namespace."""

_OTHERS = ("CiliumNetworkPolicy", "AntreaNetworkPolicy")
"""Kinds of other projects that hold for one namespace."""


def policies(bundle: Bundle, namespace: str) -> Iterator[Object]:
    """Network policies of Kubernetes for a namespace."""
    for each in bundle.of("NetworkPolicy"):
        if each.group in NETWORK_GROUPS and each.namespace == namespace:
            yield each


def has_other_policies(bundle: Bundle, namespace: str) -> bool:
    """Whether policies of other projects hold, or may hold, for a namespace."""
    for each in bundle.objects:
        if each.kind in _FOR_ALL:
            return True
        other = each.kind == "NetworkPolicy" and each.group in CALICO
        if (other or each.kind in _OTHERS) and each.namespace == namespace:
            return True
    return False


def cilium_rules(policy: Object, way: str) -> Iterator[tuple[Map, str]]:
    """Every rule of a policy of Cilium for ``ingress`` or ``egress``, and its path."""
    if policy.group != CILIUM:
        return
    holders = [(policy.spec, "spec")]
    for index, each in enumerate(policy.body.items_of("specs")):
        if isinstance(each, Map):
            holders.append((each, f"specs[{index}]"))
    for holder, at in holders:
        for index, rule in enumerate(holder.items_of(way)):
            if isinstance(rule, Map):
                yield rule, f"{at}.{way}[{index}]"


def cilium_ranges(rule: Map, key: str) -> Iterator[tuple[str, str, int]]:
    """Every range of addresses of a rule, with its path in the rule and its line.

    Ranges with exceptions are left out, as they are limited on purpose.
    """
    plain = rule.items_of(key)
    for index, each in enumerate(plain):
        if isinstance(each, str):
            yield each, f"{key}[{index}]", plain.line_of(index)
    for index, entry in enumerate(rule.items_of(f"{key}Set")):
        if isinstance(entry, Map) and not entry.items_of("except"):
            yield entry.text("cidr"), f"{key}Set[{index}].cidr", entry.line_of("cidr")
