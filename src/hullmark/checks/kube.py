"""Kubernetes objects as checks see them: every object of a file, and its pods wherever they lie.

Reference: https://kubernetes.io/docs/reference/kubernetes-api/
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from re import compile as regex
from typing import Any

from hullmark.checks.kube_places import NOWHERE, Unread
from hullmark.model import Evidence, File, ParseError
from hullmark.model.kubernetes import NEWEST
from hullmark.model.manifest import MAX_MANIFEST_BYTES, is_wide, pieces
from hullmark.model.placed import Items, Map

MAX_COMPARISONS = 300_000
"""Ours, of two objects by one check: some three seconds at most."""

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

EXTENSION_PLACES = (
    ("spec", "template"),
    ("spec", "jobTemplate", "spec", "template"),
    ("spec", "jobTargetRef", "template"),
)
"""Where kinds that extensions add hold theirs."""

_sign = regex(
    rb"apiVersion"
    rb"|\\(?:x|u00|U000000)(?:5[67]|6[159eEfF]|7[0235])"
    rb"|\\\r?\n[ \t]*[apiVersion]{0,9}\""
).search
"""The key of every object wherever it stands, or an escape that may hide a part of it.

A colon need not follow: comments, anchors and aliases may stand between.
"""


class Container:
    """One container of a pod: ``at`` is its path in the object, ``role`` the list that holds it.

    ``security`` is its own security context.
    """

    __slots__ = ("at", "body", "name", "role", "security")

    def __init__(self, body: Map, role: str, at: str) -> None:
        self.body = body
        self.role = role
        self.at = at
        self.name = body.text("name")
        self.security = body.map("securityContext")


class Pod:
    """What a workload runs: ``at`` is the path of its specification in the object.

    ``security`` is the security context that holds for all containers. ``version`` is the minor
    number of the release of Kubernetes that it is judged for.
    """

    __slots__ = ("_containers", "at", "metadata", "security", "spec", "version")

    def __init__(self, spec: Map, metadata: Map, at: str, version: int = NEWEST) -> None:
        self.spec = spec
        self.version = version
        self.metadata = metadata
        self.at = at
        self.security = spec.map("securityContext")
        self._containers = [
            Container(body, role, f"{at}.{role}[{index}]")
            for role in ROLES
            for index, body in enumerate(spec.items_of(role))
            if isinstance(body, Map)
        ]

    @property
    def is_windows(self) -> bool:
        """Whether it says that it runs on Windows."""
        return self.spec.map("os").text("name") == "windows"

    def containers(self, *roles: str) -> Iterator[Container]:
        """Every container, or those of these lists: first those that stay, then the others."""
        if not roles:
            return iter(self._containers)
        return (each for role in roles for each in self._containers if each.role == role)

    def volumes(self) -> Iterator[tuple[Map, str]]:
        """Every volume and its path in the object."""
        for index, body in enumerate(self.spec.items_of("volumes")):
            if isinstance(body, Map):
                yield body, f"{self.at}.volumes[{index}]"


class Object:
    """One object of a manifest.

    ``kind`` is what it is (``Deployment``), ``name`` kind and name as people say it
    (``Deployment/web``), ``metadata`` its name, namespace, labels and annotations, ``spec`` what
    is wanted of it, and ``pod`` the pod that it is or makes. ``keys`` are those of all mappings of
    its document, ``None`` where nobody gathered them. ``version`` is that of ``Pod``. ``place`` is
    its path in the file: the number of its document, and below a list ``items`` and its index.
    ``source`` is the file that it is of, where it is one of a tree.
    """

    __slots__ = (
        "body",
        "keys",
        "kind",
        "metadata",
        "name",
        "place",
        "pod",
        "source",
        "spec",
        "version",
    )

    def __init__(
        self,
        body: Map,
        keys: AbstractSet[str] | None = None,
        version: int = NEWEST,
        place: tuple[str | int, ...] = (0,),
    ) -> None:
        self.body = body
        self.place = place
        self.source = NOWHERE
        self.version = version
        self.keys = keys
        self.kind = body.text("kind")
        self.metadata = body.map("metadata")
        self.spec = body.map("spec")
        name = self.metadata.text("name") or self.metadata.text("generateName")
        self.name = f"{self.kind}/{name}" if name else self.kind
        self.pod = _pod(self.kind, body, version)

    @property
    def api(self) -> str:
        """Group and version: ``apps/v1``."""
        return self.body.text("apiVersion")

    @property
    def group(self) -> str:
        """The group alone; empty of the core."""
        return self.api.rpartition("/")[0]

    @property
    def namespace(self) -> str:
        """Where it lives; empty where the file leaves that to who applies it."""
        return self.metadata.text("namespace")

    def tell(self, at: str, says: str, line: int) -> Evidence:
        """What is wrong at a path of this object (``spec.type``)."""
        at = f"{self.name} {at}" if at else self.name
        return Evidence(at=at, says=says, line=line, path=self.source.path)


def _pod(kind: str, body: Map, version: int) -> Pod | None:
    places = POD_PLACES.get(kind)
    if places is None:
        return _pod_of_extension(body, version)
    for place in places:
        body = body.map(place)
    at = ".".join((*places, "spec"))
    return Pod(body.map("spec"), body.map("metadata"), at, version) if "spec" in body else None


class Bundle:
    """All objects of a tree, for what only several show together.

    ``unread`` are the files whose objects are not among them.
    """

    def __init__(self, objects: Iterable[Object], unread: Iterable[str] = ()) -> None:
        self.objects = tuple(objects)
        self._by_kind: dict[str, list[Object]] = {}
        for each in self.objects:
            self._by_kind.setdefault(each.kind, []).append(each)
        self._unread = Unread(unread)
        self._left = MAX_COMPARISONS
        self._kept: dict[str, Any] = {}

    def of(self, *kinds: str) -> Iterator[Object]:
        """Those of these kinds, one kind after the other."""
        return (each for kind in kinds for each in self._by_kind.get(kind, ()))

    def kinds(self) -> Iterable[str]:
        """All kinds that there are."""
        return self._by_kind

    def is_known(self, subject: Object) -> bool:
        """Whether everything near to an object was read, so that what is missing is not there."""
        return not self._unread.is_near(subject.source)

    def kept(self, name: str, make: Callable[[], Any]) -> Any:  # noqa: ANN401 - what was made
        """What several checks look things up in, made once."""
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]

    def begin(self) -> None:
        """Let the next check compare as much as the last was allowed to."""
        self._left = MAX_COMPARISONS

    def spend(self, count: int = 1) -> None:
        """Note comparisons; ``ParseError`` beyond those that one check may make."""
        self._left -= count
        if self._left < 0:
            why = f"more than {MAX_COMPARISONS} comparisons of objects: not all were held together"
            raise ParseError("manifests", why)


def _pod_of_extension(body: Map, version: int) -> Pod | None:
    """The pod of a kind that nobody knows here, as a rollout of Argo or a service of Knative."""
    for places in EXTENSION_PLACES:
        template = body
        for place in places:
            template = template.map(place)
        spec = template.map("spec")
        if any("image" in each for each in spec.maps("containers")):
            at = ".".join((*places, "spec"))
            return Pod(spec, template.map("metadata"), at, version)
    return None


def manifests(file: File, version: int = NEWEST) -> Iterator[Object]:
    """Every object of a file, those of lists one by one; nothing of YAML that is no manifest.

    Raises ``ParseError`` when all others were yielded, for a document that is no YAML or breaks
    off, and for a template.
    """
    data = file.read(0, MAX_MANIFEST_BYTES)
    if not _sign(data.replace(b"\0", b"") if is_wide(data) else data):
        return
    if file.size > MAX_MANIFEST_BYTES:
        raise ParseError(file.path, f"more than the {MAX_MANIFEST_BYTES} bytes that are read")
    strange = ""
    number = 0
    for piece in pieces(data):
        for value in piece.values:
            yield from _objects(value, piece.keys, version, (number,))
            number += 1
        strange = strange or piece.error
    if strange:
        raise ParseError(file.path, strange)


def _objects(
    document: object, keys: AbstractSet[str], version: int, place: tuple[str | int, ...]
) -> Iterator[Object]:
    if type(document) is not Map or not document.text("kind") or "apiVersion" not in document:
        return
    listed = document.get("items")
    is_list = document.text("kind").endswith("List") and type(listed) is Items
    if type(listed) is Items:
        for index, each in enumerate(listed):
            inner = (*place, "items", index)
            yield from _objects(_of_list(document, each), keys, version, inner)
    if not is_list:
        yield Object(document, keys, version, place)


def _of_list(document: Map, entry: object) -> object:
    """An entry of a list, which may leave it to the list to say what it is (``PodList``)."""
    if not isinstance(entry, Map) or "kind" in entry or "apiVersion" in entry:
        return entry
    done = Map(entry.line, dict(entry.lines))
    done.update(entry)
    done["kind"] = document.text("kind").removesuffix("List")
    done["apiVersion"] = document.text("apiVersion")
    return done
