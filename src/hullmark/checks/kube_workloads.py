"""What the objects of a file are to each other: selectors, replicas, autoscalers.

Reference: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
"""

from collections.abc import Callable
from typing import NamedTuple

from hullmark.checks.kube import Bundle, Object
from hullmark.model import ParseError
from hullmark.model.placed import Map

LASTING = (
    *("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController"),
    "Pod",
)
"""Kinds whose pods are meant to run on, where jobs end."""

REPLICATED = ("Deployment", "StatefulSet")
"""Kinds that people write, and that keep a number of equal pods."""

MAX_COMPARED = 1000
"""Ours: objects of a file that are compared with each other, which costs the square of it."""

AUTOSCALERS = ("HorizontalPodAutoscaler", "ScaledObject")


def held_to_bound(bundle: Bundle) -> None:
    """Raise ``ParseError`` for a file with more objects than are compared with each other."""
    if len(bundle.objects) > MAX_COMPARED:
        why = f"more than {MAX_COMPARED} objects are not compared with each other"
        raise ParseError("manifest", why)


def runs_on(subject: Object) -> bool:
    """Whether the pods of an object are meant to run on; one that may end is a job of its own."""
    if subject.kind not in LASTING or subject.pod is None:
        return False
    return subject.kind != "Pod" or subject.pod.spec.text("restartPolicy") in ("", "Always")


def is_whole(subject: Object) -> bool:
    """Whether it is all of a workload: patches of one name containers without their images."""
    pod = subject.pod
    named = list(pod.containers("containers")) if pod else []
    return bool(named) and all("image" in each.body for each in named)


def replicas(subject: Object) -> int:
    """How many pods are wanted: one where nothing is said."""
    number = subject.spec.number("replicas")
    return 1 if number is None else number


def beside(one: Object, other: Object) -> bool:
    """Whether two objects may share a namespace, which a file can leave open."""
    return not one.namespace or not other.namespace or one.namespace == other.namespace


def labels_of(subject: Object) -> Map | None:
    """The labels of an object's pods, of kinds that nobody knows too; ``None`` without pods."""
    pod = subject.pod
    if pod is not None:
        return pod.metadata.map("labels")
    template = subject.spec.map("template")
    return template.map("metadata").map("labels") if "spec" in template else None


def has_all(labels: Map, wanted: Map) -> bool:
    """Whether labels hold all that a map of keys and values asks for."""
    return all(key in labels and labels.text(key) == wanted.text(key) for key in wanted)


def selects(selector: Map, labels: Map) -> bool:
    """Whether a selector of labels and expressions picks these labels; an empty one picks all."""
    if not has_all(labels, selector.map("matchLabels")):
        return False
    expressions = selector.maps("matchExpressions")
    return not expressions or all(_holds(each, labels) for each in expressions)


def _holds(expression: Map, labels: Map) -> bool:
    key, values = expression.text("key"), expression.texts("values")
    match expression.text("operator"):
        case "In":
            return key in labels and labels.text(key) in values
        case "NotIn":
            return labels.text(key) not in values
        case "Exists":
            return key in labels
        case "DoesNotExist":
            return key not in labels
    return True


class Maker(NamedTuple):
    """An object that makes pods, and their labels."""

    subject: Object
    labels: Map
    namespace: str


def makers(bundle: Bundle) -> list[Maker]:
    """Every object of a file that makes pods."""
    return [
        Maker(each, labels, each.namespace)
        for each in bundle.objects
        if (labels := labels_of(each)) is not None
    ]


def makers_beside(among: list[Maker], subject: Object) -> list[Maker]:
    """Those that may share this object's namespace."""
    here = subject.namespace
    return [each for each in among if not here or not each.namespace or each.namespace == here]


def targets(autoscaler: Object, subject: Object) -> bool:
    """Whether an autoscaler changes the replicas of this object."""
    target = autoscaler.spec.map("scaleTargetRef")
    name = subject.metadata.text("name")
    kind = target.text("kind") or "Deployment"
    return (
        bool(name)
        and kind == subject.kind
        and target.text("name") == name
        and beside(autoscaler, subject)
    )


def autoscaled(bundle: Bundle) -> Callable[[Object], bool]:
    """Tells whether an autoscaler of the file changes the replicas of an object."""
    places: dict[tuple[str, str], set[str]] = {}
    for each in bundle.of(*AUTOSCALERS):
        target = each.spec.map("scaleTargetRef")
        called = target.text("kind") or "Deployment", target.text("name")
        places.setdefault(called, set()).add(each.namespace)

    def is_scaled(subject: Object) -> bool:
        found = places.get((subject.kind, subject.metadata.text("name")), set())
        here = subject.namespace
        return bool(found) and (not here or "" in found or here in found)

    return is_scaled


def is_dumped(subject: Object) -> bool:
    """Whether it was read from a cluster, which fills in more than its author wrote."""
    return "uid" in subject.metadata
