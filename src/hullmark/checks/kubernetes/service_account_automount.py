"""Service accounts whose token every pod gets."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.mending import put
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: ServiceAccount
metadata: {name: shop, namespace: shop}
"""


@object_check(
    "ServiceAccount",
    id="service-account-automount",
    title="Service account mounts its token into every pod",
    severity=Severity.LOW,
    bad=(
        _BAD,
        _BAD + "automountServiceAccountToken: true\n",
    ),
    good=(_BAD + "automountServiceAccountToken: false\n",),
    remediation=(
        "Set automountServiceAccountToken to false here, and to true in the pods that call the "
        "API server."
    ),
    references=(
        "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/",
    ),
    mend=put(
        value=False,
        says="mount no token",
        breaks="keeps pods that say nothing from asking the Kubernetes API",
        risky=True,
    ),
)
def service_account_automount(subject: Object) -> Iterator[Evidence]:
    """Most programs never call the API server.

    But who breaks into one finds the token and uses it.
    """
    if subject.api == "v1" and subject.body.flag("automountServiceAccountToken") is not False:
        yield subject.tell(
            "automountServiceAccountToken",
            "its token is mounted into pods that do not say otherwise",
            subject.body.line_of("automountServiceAccountToken"),
        )
