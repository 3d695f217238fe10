"""Kubernetes objects as checks see them: every object of a file, and its pods wherever they lie.

Reference: https://kubernetes.io/docs/reference/kubernetes-api/
"""

from collections.abc import Iterator, Mapping
from re import compile as regex
from typing import NamedTuple

from msgspec import Struct

from hullmark.model import Evidence, File, ParseError
from hullmark.model.documents import DocumentError
from hullmark.model.placed import Items, Map, documents, of_kubernetes

MAX_MANIFEST_BYTES = 16 * 1024 * 1024
"""Ours: bundles of whole operators, mostly schemas, have up to 3 MB."""

_TEMPLATE = b"{{"
UNRENDERED = "a template, which can be judged once it is rendered"

ROLES = ("containers", "initContainers", "ephemeralContainers")

POD_PLACES: Mapping[str, tuple[str, ...]] = {
    "Pod": (),
    "PodTemplate": ("template",),
    "Deployment": ("spec", "template"),
    "ReplicaSet": ("spec", "template"),
    "ReplicationController": ("spec", "template"),
    "StatefulSet": ("spec", "template"),
    "DaemonSet": ("spec", "template"),
    "Job": ("spec", "template"),
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
}
"""Where each kind of workload holds the pod that it makes."""

_sign = regex(rb"(?m)^[\"' {]*(?:apiVersion|\"apiVersion\")[\"']?\s*:").search


class Container(NamedTuple):
    """One container of a pod: ``at`` is its path in the object, ``role`` the list that holds it."""

    body: Map
    role: str
    at: str

    @property
    def name(self) -> str:
        """What it is called."""
        return self.body.text("name")

    @property
    def security(self) -> Map:
        """Its own security context."""
        return self.body.map("securityContext")


class Pod(NamedTuple):
    """What a workload runs: ``at`` is the path of its specification in the object."""

    spec: Map
    metadata: Map
    at: str

    @property
    def security(self) -> Map:
        """The security context that holds for all containers."""
        return self.spec.map("securityContext")

    @property
    def is_windows(self) -> bool:
        """Whether it says that it runs on Windows."""
        return self.spec.map("os").text("name") == "windows"

    def containers(self, *roles: str) -> Iterator[Container]:
        """Every container, or those of these lists: first those that stay, then the others."""
        for role in roles or ROLES:
            for index, body in enumerate(self.spec.items_of(role)):
                if isinstance(body, Map):
                    yield Container(body, role, f"{self.at}.{role}[{index}]")

    def volumes(self) -> Iterator[tuple[Map, str]]:
        """Every volume and its path in the object."""
        for index, body in enumerate(self.spec.items_of("volumes")):
            if isinstance(body, Map):
                yield body, f"{self.at}.volumes[{index}]"


class Object(Struct, frozen=True):
    """One object of a manifest."""

    body: Map

    @property
    def api(self) -> str:
        """Group and version: ``apps/v1``."""
        return self.body.text("apiVersion")

    @property
    def group(self) -> str:
        """The group alone; empty of the core."""
        return self.api.rpartition("/")[0]

    @property
    def kind(self) -> str:
        """What it is: ``Deployment``."""
        return self.body.text("kind")

    @property
    def metadata(self) -> Map:
        """Name, namespace, labels, annotations."""
        return self.body.map("metadata")

    @property
    def name(self) -> str:
        """Kind and name, as people say it: ``Deployment/web``."""
        name = self.metadata.text("name") or self.metadata.text("generateName")
        return f"{self.kind}/{name}" if name else self.kind

    @property
    def namespace(self) -> str:
        """Where it lives; empty where the file leaves that to who applies it."""
        return self.metadata.text("namespace")

    @property
    def spec(self) -> Map:
        """What is wanted of it."""
        return self.body.map("spec")

    @property
    def pod(self) -> Pod | None:
        """The pod that it is or makes."""
        places = POD_PLACES.get(self.kind)
        if places is None:
            return None
        holder = self.body
        for place in places:
            holder = holder.map(place)
        at = ".".join((*places, "spec"))
        return Pod(holder.map("spec"), holder.map("metadata"), at) if "spec" in holder else None

    def tell(self, at: str, says: str, line: int) -> Evidence:
        """What is wrong at a path of this object (``spec.type``)."""
        return Evidence(at=f"{self.name} {at}" if at else self.name, says=says, line=line)


class Bundle(Struct, frozen=True):
    """All objects of one file, for what only several show together."""

    objects: tuple[Object, ...]

    def of(self, *kinds: str) -> Iterator[Object]:
        """Those of these kinds."""
        return (each for each in self.objects if each.kind in kinds)


def manifests(file: File) -> Iterator[Object]:
    """Every object of a file, those of lists one by one; nothing of YAML that is no manifest.

    Raises ``ParseError`` for a file that breaks off, and for a template.
    """
    data = file.read(0, MAX_MANIFEST_BYTES)
    if not _sign(data):
        return
    if file.size > MAX_MANIFEST_BYTES:
        raise ParseError(file.path, f"more than the {MAX_MANIFEST_BYTES} bytes that are read")
    try:
        for document in documents(data, of_kubernetes):
            yield from _objects(document)
    except DocumentError as error:
        why = UNRENDERED if _TEMPLATE in data else str(error)
        raise ParseError(file.path, why) from error


def _objects(document: object) -> Iterator[Object]:
    if not isinstance(document, Map) or not document.text("kind") or "apiVersion" not in document:
        return
    listed = document.get("items")
    if document.text("kind").endswith("List") and isinstance(listed, Items):
        for each in listed:
            yield from _objects(each)
    else:
        yield Object(document)
