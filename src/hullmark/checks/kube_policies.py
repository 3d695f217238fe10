"""Which network policies hold for which namespace, whoever's kind they are."""

from collections.abc import Iterator

from hullmark.checks.kube import Bundle, Object
from hullmark.checks.kube_joins import Selectors, Spaces
from hullmark.checks.kube_network import NETWORK_GROUPS, workloads
from hullmark.checks.kube_places import together
from hullmark.model import Evidence
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


INGRESS, EGRESS = "Ingress", "Egress"
"""What network policies limit."""


class Policies:
    """Network policies of Kubernetes, and whether those of other projects hold somewhere.

    ``all`` are the first.
    """

    def __init__(self, bundle: Bundle) -> None:
        named = bundle.of("NetworkPolicy")
        self.all = [each for each in named if each.group in NETWORK_GROUPS]
        self._bundle = bundle
        self._spaces = Spaces(bundle, self.all)
        self._selectors = Selectors(
            bundle, ((each, each.spec.map("podSelector")) for each in self.all)
        )
        others = [each for each in bundle.of("NetworkPolicy") if each.group in CALICO]
        self._others = Spaces(bundle, [*others, *bundle.of(*_OTHERS)])
        self._for_all = [*bundle.of(*_FOR_ALL)]

    def sharing(self, subject: Object) -> Iterator[Object]:
        """Those that may share an object's namespace."""
        return self._spaces.sharing(subject)

    def beside(self, subject: Object) -> Iterator[Object]:
        """Those that evidently share an object's namespace."""
        return self._spaces.sharing(subject, evident=True)

    def selecting(self, subject: Object, labels: Map) -> Iterator[Object]:
        """Those that select pods of an object, which have these labels."""
        return self._selectors.of(subject, labels)

    def has_others(self, subject: Object) -> bool:
        """Whether policies of other projects hold, or may hold, for an object's namespace."""
        for each in self._for_all:
            self._bundle.spend()
            if together(each.source, subject.source):
                return True
        return any(self._others.sharing(subject))


def limits(policy: Object, way: str) -> bool:
    """Whether a network policy limits ingress or egress.

    One that does not say so limits ingress, and egress if it has rules of it.
    """
    types = policy.spec.texts("policyTypes")
    if types:
        return way in types
    return way == INGRESS or bool(policy.spec.items_of("egress"))


def one_way(bundle: Bundle, way: str) -> Iterator[Evidence]:
    """Workloads that policies select, of which none limits this way while others beside do."""
    policies = Policies(bundle)
    for each, pod in workloads(bundle.objects) if policies.all else ():
        if policies.has_others(each) or not bundle.is_known(each):
            continue
        labels = pod.metadata.map("labels")
        if not any(policies.selecting(each, labels)):
            continue
        if any(limits(one, way) for one in policies.selecting(each, labels)):
            continue
        if any(limits(one, way) for one in policies.beside(each)):
            yield each.tell(
                pod.at.removesuffix("spec") + "metadata.labels",
                f"no network policy that selects its pods limits {way.lower()}",
                pod.metadata.line_of("labels") or pod.spec.line,
            )


def space_of(subject: Object) -> tuple[str, ...]:
    """What stands for an object's namespace where one finding is enough for all of it.

    Of a namespace that is left open that is the folder, or the chart.
    """
    place = subject.source
    if subject.namespace:
        return subject.namespace, place.environment, *place.choices
    return "", place.release or place.folder


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


def isolated_apart(way: str, other: str) -> str:
    """An example: a workload that is isolated one ``way`` alone, beside one of the ``other``."""
    return f"""\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: db, namespace: shop}}
spec:
  podSelector: {{matchLabels: {{app: db}}}}
  policyTypes: [{other}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: web, namespace: shop}}
spec:
  podSelector: {{matchLabels: {{app: web}}}}
  policyTypes: [{way}]
---
apiVersion: v1
kind: Pod
metadata: {{name: web, namespace: shop, labels: {{app: web}}}}
spec: {{containers: [{{name: web, image: registry.example/web:1}}]}}
"""
