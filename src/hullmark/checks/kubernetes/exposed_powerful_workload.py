"""Workloads with rights in the whole cluster that are easy to take over."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle, Object, Pod
from hullmark.checks.kube_ingress import backends, is_ingress
from hullmark.checks.kube_joins import Named, makers
from hullmark.checks.kube_network import way_in
from hullmark.checks.rbac import GUIDE, READS, SECRETS, rules_of, way_up, workloads_with
from hullmark.checks.rbac_samples import binding, bundle, deployment, role
from hullmark.model import Evidence, Severity
from hullmark.model.placed import Items, Map
from hullmark.model.rule import Confidence

_BUILT_IN = ("cluster-admin", "admin", "edit")
"""Roles of every cluster by which all secrets can be read."""

_READING = "read all secrets"

_WEB = deployment("shop").replace("    spec:", "    metadata: {labels: {app: web}}\n    spec:")
_SERVICE = """\
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
"""
_INGRESS = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop}
spec: {defaultBackend: {service: {name: web}}}
"""
_BOUND = binding("shop", "ServiceAccount/shop")
_READS = role("secrets", "get")
_INNER = _SERVICE.replace("LoadBalancer", "ClusterIP")


@bundle_check(
    id="exposed-powerful-workload",
    title="Workload with rights in the whole cluster is exposed or privileged",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    bad=(
        bundle(_WEB, _BOUND, _READS, _SERVICE),
        bundle(_WEB, _BOUND, _READS, _INNER, _INGRESS),
        bundle(
            _WEB.replace(
                "name: web, image", "securityContext: {privileged: true}, name: web, image"
            ),
            binding("edit", "ServiceAccount/shop"),
        ),
    ),
    good=(
        bundle(_WEB, _BOUND, _READS, _INNER),
        bundle(_WEB, _BOUND, role("configmaps", "get"), _SERVICE),
        bundle(_WEB, _READS, _SERVICE),
        bundle(_WEB, _BOUND, _READS, _SERVICE.replace("app: web", "app: db")),
    ),
    remediation="Give what outsiders reach an account of its own, without rights in the cluster.",
    references=(GUIDE,),
)
def exposed_powerful_workload(objects: Bundle) -> Iterator[Evidence]:
    """One hole in what answers outsiders, or one way out of its container, opens the cluster.

    Its token reads all secrets, or leads to all rights.
    """
    reached: dict[int, str] | None = None
    built_in = dict.fromkeys(_BUILT_IN, _READING)
    for workload, pod, account, name, may in workloads_with(objects, _power, built_in):
        if reached is None:
            reached = _reached(objects)
        why = reached.get(id(workload)) or _privilege(pod)
        if why:
            yield workload.tell(
                f"{pod.at}.serviceAccountName",
                f"it {why}, and its service account {account!r} may {may} by the role {name!r}",
                pod.spec.line_of("serviceAccountName"),
            )


def _power(role: Object) -> str:
    """What a role lets do that matters to everybody; empty where that is nothing."""
    for rule in rules_of(role):
        if rule.is_unlimited:
            return "do everything"
        if not rule.names and rule.named(SECRETS) and rule.allowed(READS):
            return _READING
    return way_up(role)


def _reached(bundle: Bundle) -> dict[int, str]:
    """How outsiders reach workloads, by the identity of each."""
    found: dict[int, str] = {}
    among = makers(bundle)
    services = Named(bundle, "Service")
    ways = [(each, way_in(each)) for each in bundle.of("Service")]
    for ingress in filter(is_ingress, bundle.of("Ingress")):
        for name, _, _ in backends(ingress):
            named = services.find(ingress, "Service", name, evident=True)
            ways += [(each, ingress.name) for each in named]
    for service, way in ways:
        labels = service.spec.map("selector")
        selector = Map(labels.line, {})
        selector["matchLabels"] = labels
        selector["matchExpressions"] = Items()
        for one in among.selected(service, selector, evident=True) if way and labels else ():
            found.setdefault(id(one.subject), f"is reached by {way}")
    return found


def _privilege(pod: Pod) -> str:
    for each in pod.containers():
        if each.security.flag("privileged") is True:
            return f"runs the privileged container {each.name!r}"
    return "shares the processes of its node" if pod.spec.flag("hostPID") is True else ""
