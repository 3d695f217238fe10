"""What objects are to each other: selectors, replicas, autoscalers.

Reference: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
"""

from collections.abc import Callable

from hullmark.checks.kube import Bundle, Object
from hullmark.checks.kube_index import Index

LASTING = (
    *("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController"),
    "Pod",
)
"""Kinds whose pods are meant to run on, where jobs end."""

REPLICATED = ("Deployment", "StatefulSet")
"""Kinds that people write, and that keep a number of equal pods."""

AUTOSCALERS = ("HorizontalPodAutoscaler", "ScaledObject")


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


def target_of(autoscaler: Object) -> tuple[str, str]:
    """Kind and name of what an autoscaler scales."""
    target = autoscaler.spec.map("scaleTargetRef")
    return target.text("kind") or "Deployment", target.text("name")


def autoscaled(bundle: Bundle, *, evident: bool = True) -> Callable[[Object], bool]:
    """Tells whether an autoscaler changes the replicas of an object.

    That they belong together is ``evident``, or so as far as is known.
    """
    index: Index[Object] = Index(bundle)
    for each in bundle.of(*AUTOSCALERS):
        index.add(target_of(each), each, each)

    def is_scaled(subject: Object) -> bool:
        key = subject.kind, subject.metadata.text("name")
        return any(index.find(key, subject, evident=evident))

    return is_scaled


def is_dumped(subject: Object) -> bool:
    """Whether it was read from a cluster, which fills in more than its author wrote."""
    return "uid" in subject.metadata
