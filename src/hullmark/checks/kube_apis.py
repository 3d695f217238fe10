"""Versions of Kubernetes' own APIs that it serves no more, and those that it never promised.

Reference: https://kubernetes.io/docs/reference/using-api/deprecation-guide/
"""

from re import compile as regex
from typing import NamedTuple

_REMOVED = """
1.16 extensions/v1beta1 apps/v1 DaemonSet Deployment ReplicaSet
1.16 extensions/v1beta1 networking.k8s.io/v1 NetworkPolicy
1.16 extensions/v1beta1 - PodSecurityPolicy
1.16 apps/v1beta1 apps/v1 Deployment ReplicaSet StatefulSet
1.16 apps/v1beta2 apps/v1 DaemonSet Deployment ReplicaSet StatefulSet
1.21 batch/v2alpha1 batch/v1 CronJob
1.22 admissionregistration.k8s.io/v1beta1 admissionregistration.k8s.io/v1 \
     MutatingWebhookConfiguration ValidatingWebhookConfiguration
1.22 apiextensions.k8s.io/v1beta1 apiextensions.k8s.io/v1 CustomResourceDefinition
1.22 apiregistration.k8s.io/v1beta1 apiregistration.k8s.io/v1 APIService
1.22 authentication.k8s.io/v1beta1 authentication.k8s.io/v1 TokenReview
1.22 authorization.k8s.io/v1beta1 authorization.k8s.io/v1 \
     LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview
1.22 certificates.k8s.io/v1beta1 certificates.k8s.io/v1 CertificateSigningRequest
1.22 coordination.k8s.io/v1beta1 coordination.k8s.io/v1 Lease
1.22 extensions/v1beta1 networking.k8s.io/v1 Ingress
1.22 networking.k8s.io/v1beta1 networking.k8s.io/v1 Ingress IngressClass
1.22 rbac.authorization.k8s.io/v1alpha1 rbac.authorization.k8s.io/v1 \
     ClusterRole ClusterRoleBinding Role RoleBinding
1.22 rbac.authorization.k8s.io/v1beta1 rbac.authorization.k8s.io/v1 \
     ClusterRole ClusterRoleBinding Role RoleBinding
1.22 scheduling.k8s.io/v1beta1 scheduling.k8s.io/v1 PriorityClass
1.22 storage.k8s.io/v1beta1 storage.k8s.io/v1 CSIDriver CSINode StorageClass VolumeAttachment
1.25 autoscaling/v2beta1 autoscaling/v2 HorizontalPodAutoscaler
1.25 batch/v1beta1 batch/v1 CronJob
1.25 discovery.k8s.io/v1beta1 discovery.k8s.io/v1 EndpointSlice
1.25 events.k8s.io/v1beta1 events.k8s.io/v1 Event
1.25 node.k8s.io/v1beta1 node.k8s.io/v1 RuntimeClass
1.25 policy/v1beta1 policy/v1 PodDisruptionBudget
1.25 policy/v1beta1 - PodSecurityPolicy
1.26 autoscaling/v2beta2 autoscaling/v2 HorizontalPodAutoscaler
1.26 flowcontrol.apiserver.k8s.io/v1beta1 flowcontrol.apiserver.k8s.io/v1 \
     FlowSchema PriorityLevelConfiguration
1.27 storage.k8s.io/v1beta1 storage.k8s.io/v1 CSIStorageCapacity
1.29 flowcontrol.apiserver.k8s.io/v1beta2 flowcontrol.apiserver.k8s.io/v1 \
     FlowSchema PriorityLevelConfiguration
1.32 flowcontrol.apiserver.k8s.io/v1beta3 flowcontrol.apiserver.k8s.io/v1 \
     FlowSchema PriorityLevelConfiguration
"""
"""Release that stopped serving it, group and version, what replaces it (or ``-``), kinds."""

OWN_GROUPS = frozenset(
    (
        *("admissionregistration.k8s.io", "certificates.k8s.io", "coordination.k8s.io"),
        *("flowcontrol.apiserver.k8s.io", "internal.apiserver.k8s.io", "networking.k8s.io"),
        *("node.k8s.io", "rbac.authorization.k8s.io", "resource.k8s.io", "scheduling.k8s.io"),
        *("settings.k8s.io", "storage.k8s.io", "storagemigration.k8s.io"),
        *("apps", "autoscaling", "batch", "policy"),
    )
)
"""Groups of Kubernetes itself: others end in ``k8s.io`` too, and promise what they like."""

KINDS_OF_ALPHAS = (
    *("ClusterTrustBundle", "CronJob", "DeviceClass", "DeviceTaintRule", "IPAddress"),
    *("LeaseCandidate", "MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding"),
    *("PodCertificateRequest", "PodGroup", "PodPreset", "PodSchedulingContext", "PriorityClass"),
    *("ResourceClaim", "ResourceClaimTemplate", "ResourceClass", "ResourceSlice", "RuntimeClass"),
    *("ServiceCIDR", "StorageVersion", "StorageVersionMigration", "ValidatingAdmissionPolicy"),
    *("ValidatingAdmissionPolicyBinding", "VolumeAttachment", "VolumeAttributesClass", "Workload"),
)
"""Kinds of Kubernetes itself that an alpha serves or has served."""

is_alpha = regex(r"v[0-9]+alpha[0-9]+").fullmatch


class Removed(NamedTuple):
    """The release that stopped serving an API, and what replaces it; empty where nothing does."""

    release: str
    instead: str

    @property
    def minor(self) -> int:
        """The minor number of the release."""
        return int(self.release.rpartition(".")[2])


def _table() -> dict[tuple[str, str], Removed]:
    table = {}
    for line in _REMOVED.strip().splitlines():
        release, api, instead, *kinds = line.split()
        for kind in kinds:
            table[api, kind] = Removed(release, instead.strip("-"))
    return table


REMOVED = _table()
"""By ``apiVersion`` and kind."""
