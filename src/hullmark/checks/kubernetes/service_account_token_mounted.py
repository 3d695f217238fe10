"""Pods that are given a token for the Kubernetes API without need."""

from collections.abc import Iterable, Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import ACCOUNTS, account_of, uses_default_account
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
_ANYWHERE = "*"
"""Stands for the namespace of an account that names none."""


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
)
def service_account_token_mounted(bundle: Bundle) -> Iterator[Evidence]:
    """Whoever breaks in asks the Kubernetes API with the rights of the account.

    Accounts that the same file binds to a role are taken to need it, and of those that it declares
    it is the account that must say so.
    """
    declared = _accounts(
        (each.namespace, each.metadata.text("name")) for each in bundle.of("ServiceAccount")
    )
    bound = _accounts(_bound(bundle))
    for each in bundle.objects:
        pod = each.pod
        if pod is None or pod.spec.flag(_KEY) is False or uses_default_account(pod):
            continue
        account = account_of(pod) or "default"
        names = {(each.namespace, account), (_ANYWHERE, account)}
        is_left_to_account = pod.spec.flag(_KEY) is None and names & declared
        if not is_left_to_account and not names & bound:
            says = f"the pod mounts the token of its service account {account!r}"
            yield each.tell(f"{pod.at}.{_KEY}", says, pod.spec.line_of(_KEY))


def _bound(bundle: Bundle) -> Iterator[tuple[str, str]]:
    """Namespace and name of every account that a binding of the file gives rights."""
    for binding in bundle.of("RoleBinding", "ClusterRoleBinding"):
        for each in binding.body.maps("subjects"):
            if each.text("kind") == "ServiceAccount":
                yield each.text("namespace") or binding.namespace, each.text("name")


def _accounts(named: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Accounts as pods look them up, which often leave their namespace to who applies the file."""
    found = set()
    for namespace, name in named:
        found |= {(namespace or _ANYWHERE, name), ("", name)}
    return found
