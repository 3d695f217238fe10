"""Roles that take the cluster by its own namespace."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import CORE, GUIDE, READS, SECRETS, WORKLOADS, WRITES, listed, rules_of
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity

_RUNS = {
    **WORKLOADS,
    CORE: ("pods", "pods/exec", "pods/attach", "pods/ephemeralcontainers", "serviceaccounts/token"),
}


def _role(resources: str, verbs: str, group: str = "", *, names: str = "") -> str:
    text = role(resources, verbs, group, names=names, kind="Role")
    return text.replace("{name: shop}", "{name: shop, namespace: kube-system}")


@object_check(
    "Role",
    id="kube-system-power",
    title="Role has power over the pods or secrets of kube-system",
    severity=Severity.HIGH,
    bad=(
        _role("secrets", "list"),
        _role("pods/exec", "create"),
        _role("daemonsets", '"*"', "apps"),
    ),
    good=(
        _role("pods", "get, list"),
        _role("secrets", "get", names="shop-tls"),
        role("secrets", "list", kind="Role"),
    ),
    remediation=(
        "Keep what is needed in a namespace of its own, or name the objects by resourceNames."
    ),
    references=(GUIDE,),
)
def kube_system_power(subject: Object) -> Iterator[Evidence]:
    """The pods and secrets of kube-system hold the tokens of the cluster's own controllers.

    Who reads them, or starts a pod beside them, owns the cluster.
    """
    if subject.namespace == "kube-system":
        for rule in rules_of(subject):
            told = [*rule.named(SECRETS)] if rule.allowed(READS) else []
            told += rule.named(_RUNS) if rule.allowed(WRITES) else []
            if told and not rule.names:
                yield rule.tell(subject, f"it grants {listed(rule.verbs)} on {listed(told)}")
