"""Pods that run as a service account which is not there."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle
from hullmark.checks.kube_joins import Named, Spaces
from hullmark.checks.pod_security import ACCOUNTS, account_of
from hullmark.checks.rbac import SUBJECT
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_BAD = """\
apiVersion: v1
kind: ServiceAccount
metadata: {name: web}
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  serviceAccountName: wbe
  containers: [{name: web, image: "registry.example/web:1.4.2"}]
"""


@bundle_check(
    id="dangling-service-account",
    title="Pod names a service account that is not there",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    bad=(_BAD,),
    good=(
        _BAD.replace("wbe", "web"),
        _BAD.replace("wbe", "default"),
        _BAD.partition("---\n")[2],
        _BAD.replace("name: web}\n---", "name: web, namespace: other}\n---"),
    ),
    remediation="Name the service account as it is called, or declare it beside the workload.",
    references=(ACCOUNTS,),
)
def dangling_service_account(bundle: Bundle) -> Iterator[Evidence]:
    """The pods do not start, and whoever may create an account of that name decides their rights.

    Told where other service accounts of the namespace are declared and this one is nowhere.
    """
    accounts = Named(bundle, SUBJECT)
    spaces = Spaces(bundle, bundle.of(SUBJECT))
    for each in bundle.objects if any(bundle.of(SUBJECT)) else ():
        pod = each.pod
        account = account_of(pod) if pod else ""
        if pod is None or account in ("", "default") or not bundle.is_known(each):
            continue
        if any(accounts.find(each, SUBJECT, account)):
            continue
        if any(spaces.sharing(each, evident=True)):
            key = "serviceAccountName" if "serviceAccountName" in pod.spec else "serviceAccount"
            yield each.tell(
                f"{pod.at}.{key}",
                f"its namespace has service accounts, and none called {account!r}",
                pod.spec.line_of(key),
            )
