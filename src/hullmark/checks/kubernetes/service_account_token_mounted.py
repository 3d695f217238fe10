"""Pods that are given a token for the Kubernetes API without need."""

from collections.abc import Iterable, Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle, Object
from hullmark.checks.kube_joins import Named
from hullmark.checks.kube_places import together
from hullmark.checks.mending import put
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import ACCOUNTS, account_of, uses_default_account
from hullmark.checks.rbac import SUBJECT
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_ACCOUNT = """\
apiVersion: v1
kind: ServiceAccount
metadata: {name: web}
automountServiceAccountToken: false
---
"""
_BOUND = """\
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: web}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}
subjects: [{kind: ServiceAccount, name: web}]
---
"""
_KEY = "automountServiceAccountToken"


@bundle_check(
    id="service-account-token-mounted",
    title="Service account token is mounted",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    bad=(
        a_pod(),
        a_pod(
            spec="serviceAccountName: web\nautomountServiceAccountToken: true", kind="Deployment"
        ),
    ),
    good=(
        a_pod(spec="automountServiceAccountToken: false"),
        _ACCOUNT + a_pod(spec="serviceAccountName: web"),
        _ACCOUNT.replace("false", "true") + a_pod(spec="serviceAccountName: web"),
        _BOUND + a_pod(spec="serviceAccountName: web", kind="Deployment"),
        a_pod(spec="serviceAccountName: default"),
    ),
    remediation=(
        "Set automountServiceAccountToken to false where the pod does not ask the Kubernetes API."
    ),
    references=(ACCOUNTS + "#opt-out-of-api-credential-automounting",),
    mend=put(
        value=False,
        says="mount no token",
        breaks="keeps the program from asking the Kubernetes API",
        risky=True,
    ),
)
def service_account_token_mounted(bundle: Bundle) -> Iterator[Evidence]:
    """Whoever breaks in asks the Kubernetes API with the rights of the account.

    Accounts that manifests bind to a role are taken to need it, and where they declare the account
    it is the account that must say so.
    """
    declared = Named(bundle, SUBJECT)
    bound = _bound(bundle)
    for each in bundle.objects:
        pod = each.pod
        if pod is None or pod.spec.flag(_KEY) is False or uses_default_account(pod):
            continue
        account = account_of(pod) or "default"
        is_left = pod.spec.flag(_KEY) is None and any(declared.find(each, SUBJECT, account))
        if not is_left and not _is_bound(bundle, each, bound.get(account, ())):
            says = f"the pod mounts the token of its service account {account!r}"
            yield each.tell(f"{pod.at}.{_KEY}", says, pod.spec.line_of(_KEY))


def _bound(bundle: Bundle) -> dict[str, list[tuple[Object, str]]]:
    """Bindings by the names of the accounts that they give rights, with the account's namespace."""
    found: dict[str, list[tuple[Object, str]]] = {}
    for binding in bundle.of("RoleBinding", "ClusterRoleBinding"):
        for each in binding.body.maps("subjects"):
            if each.text("kind") == SUBJECT:
                namespace = each.text("namespace") or binding.namespace
                found.setdefault(each.text("name"), []).append((binding, namespace))
    return found


def _is_bound(bundle: Bundle, subject: Object, bound: Iterable[tuple[Object, str]]) -> bool:
    """Whether one of these bindings may be for the namespace of an object."""
    for binding, namespace in bound:
        bundle.spend()
        is_same = not namespace or not subject.namespace or namespace == subject.namespace
        if is_same and together(binding.source, subject.source):
            return True
    return False
