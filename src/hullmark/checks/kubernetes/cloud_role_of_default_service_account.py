"""Default service accounts with rights in the cloud."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.model import Evidence, Severity

_CLOUDS = (
    "eks.amazonaws.com/role-arn",
    "iam.gke.io/gcp-service-account",
    "azure.workload.identity/client-id",
)
"""Annotations by which Amazon, Google and Azure tie a service account to a role of theirs."""

_BAD = """\
apiVersion: v1
kind: ServiceAccount
metadata:
  name: default
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/shop
"""


@object_check(
    "ServiceAccount",
    id="cloud-role-of-default-service-account",
    title="Default service account has a role of the cloud provider",
    severity=Severity.MEDIUM,
    bad=(
        _BAD,
        _BAD.replace("eks.amazonaws.com/role-arn", "iam.gke.io/gcp-service-account"),
    ),
    good=(
        _BAD.replace("name: default", "name: shop"),
        _BAD.replace("eks.amazonaws.com/role-arn", "example.com/team"),
    ),
    remediation=(
        "Give the workload that needs it a service account of its own, and move the annotation "
        "there."
    ),
    references=(
        "https://kubernetes.io/docs/concepts/security/service-accounts/",
        "https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html",
    ),
)
def cloud_role_of_default_service_account(subject: Object) -> Iterator[Evidence]:
    """Every pod of the namespace that names no service account gets credentials of the cloud.

    It does not matter what runs in it.
    """
    if subject.metadata.text("name") == "default":
        annotations = subject.metadata.map("annotations")
        for key in (each for each in _CLOUDS if annotations.text(each)):
            says = f"it is given {annotations.text(key)!r} by {key}"
            yield subject.tell(f"metadata.annotations.{key}", says, annotations.line_of(key))
