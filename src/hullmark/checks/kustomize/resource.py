"""An object that is being built, with every name that it has had."""

from typing import NamedTuple

from hullmark.checks.origins import BuildError, short
from hullmark.model.placed import Map

DEFAULT = "default"
"""The namespace of objects that name none."""

CLUSTER_WIDE = frozenset(
    """
    APIService CSIDriver CSINode CertificateSigningRequest ClusterRole ClusterRoleBinding
    ComponentStatus CustomResourceDefinition FlowSchema IngressClass IPAddress
    MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration Namespace
    Node PersistentVolume PodSecurityPolicy PriorityClass PriorityLevelConfiguration RuntimeClass
    SelfSubjectAccessReview SelfSubjectRulesReview ServiceCIDR StorageClass SubjectAccessReview
    TokenReview ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding
    ValidatingWebhookConfiguration VolumeAttachment
    """.split()  # noqa: SIM905 - a list of so many words reads as text
)
"""Kinds that live in no namespace."""


class Id(NamedTuple):
    """What an object was called at one time; the namespace may be empty."""

    kind: str
    name: str
    namespace: str


class Resource:
    """One object: ``said`` is kind and name as its file says, ``ids`` are all that it has had.

    ``line`` is where it was given, ``lineage`` the builds that it went through, outermost first.
    """

    __slots__ = ("body", "ids", "line", "lineage", "said")

    def __init__(self, body: Map, lineage: tuple[int, ...]) -> None:
        self.body = body
        self.line = body.line
        self.lineage = lineage
        self.said = f"{self.kind}/{self.name}" if self.name else self.kind
        self.ids = [self.id]

    @property
    def kind(self) -> str:
        """Its kind as it is now."""
        return self.body.text("kind")

    @property
    def group(self) -> str:
        """Its group; empty of the core."""
        return self.body.text("apiVersion").rpartition("/")[0]

    @property
    def version(self) -> str:
        """Its version."""
        return self.body.text("apiVersion").rpartition("/")[2]

    @property
    def metadata(self) -> Map:
        """Its name, labels and the like."""
        return self.body.map("metadata")

    @property
    def name(self) -> str:
        """Its name as it is now."""
        return self.metadata.text("name")

    @property
    def namespace(self) -> str:
        """Its namespace as it is now; empty where it names none."""
        return self.metadata.text("namespace")

    @property
    def id(self) -> Id:
        """What it is called now."""
        return Id(self.kind, self.name, self.namespace)

    @property
    def is_of_core(self) -> bool:
        """Whether it is of an API that Kubernetes itself brings."""
        group = self.group
        return "." not in group or group.endswith(".k8s.io")

    def remember(self) -> None:
        """Add what it is called now to what it was called."""
        if self.id not in self.ids:
            self.ids.append(self.id)

    def is_called(self, group: str, called: Id) -> bool:
        """Whether it has ever had this name, in this namespace."""
        return self.group == group and any(
            each.kind == called.kind
            and each.name == called.name
            and (each.namespace or DEFAULT) == (called.namespace or DEFAULT)
            for each in self.ids
        )


def held_to_one_of_a_name(resources: list[Resource]) -> None:
    """Raise ``BuildError`` where two objects bear one name: nobody can tell them apart."""
    seen = set[tuple[str, Id]]()
    for each in resources:
        kind, name, namespace = each.id
        key = each.group, Id(kind, name, namespace or DEFAULT)
        if key in seen and name:
            raise BuildError(f"two objects are {short(kind)}/{short(name)}")
        seen.add(key)
