"""Pods that use the default service account of their namespace."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_mends import without_token
from hullmark.checks.mending import by
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import ACCOUNTS, uses_default_account
from hullmark.model import Evidence, Severity


@pod_check(
    id="default-service-account",
    needs=("serviceAccountName", "serviceAccount", "automountServiceAccountToken"),
    title="Default service account is used",
    severity=Severity.LOW,
    bad=(
        a_pod(spec="serviceAccountName: default"),
        a_pod(spec="automountServiceAccountToken: true", kind="Deployment"),
    ),
    good=(
        a_pod(spec="serviceAccountName: web"),
        a_pod(spec="serviceAccountName: default\nautomountServiceAccountToken: false"),
        a_pod(),
    ),
    remediation="Create a service account for the workload, and name it by serviceAccountName.",
    references=(ACCOUNTS,),
    mend=by(
        without_token,
        says="mount no token",
        breaks="keeps the program from asking the Kubernetes API",
        risky=True,
    ),
)
def default_service_account(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """What one of its pods is allowed, whoever breaks into any of them may do as well.

    All pods of the namespace that name no account share it.
    """
    if uses_default_account(pod):
        named = "serviceAccountName" in pod.spec or "serviceAccount" in pod.spec
        key = "serviceAccountName" if named else "automountServiceAccountToken"
        says = "the pod uses the default service account"
        yield subject.tell(f"{pod.at}.{key}", says, pod.spec.line_of(key))
