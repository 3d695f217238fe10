"""Objects in the namespace that everybody uses."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Service
metadata: {name: web, namespace: default}
spec: {selector: {app: web}}
"""

_KINDS = (
    *("Pod", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController"),
    *("Job", "CronJob", "Service", "Ingress", "ConfigMap", "Secret", "ServiceAccount"),
    *("Role", "RoleBinding", "PersistentVolumeClaim", "NetworkPolicy", "PodDisruptionBudget"),
    *("HorizontalPodAutoscaler", "ResourceQuota", "LimitRange"),
)
"""Kinds of Kubernetes itself that live in namespaces."""

_SERVICE_OF_THE_API = "kubernetes"


@object_check(
    *_KINDS,
    id="default-namespace",
    title="Object is in the namespace default",
    severity=Severity.LOW,
    bad=(_BAD, _BAD.replace("Service", "ServiceAccount")),
    good=(_BAD.replace("default", "shop"), _BAD.replace("name: web", "name: kubernetes", 1)),
    remediation="Give the application a namespace of its own.",
    references=("https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/",),
)
def default_namespace(subject: Object) -> Iterator[Evidence]:
    """Roles, quotas and network policies work by namespace: all that share one share them, too."""
    if subject.namespace == "default" and subject.metadata.text("name") != _SERVICE_OF_THE_API:
        yield subject.tell(
            "metadata.namespace",
            f"{subject.name} is in the namespace default",
            subject.metadata.line_of("namespace"),
        )
