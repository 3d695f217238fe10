"""Volumes wherever they are declared: in pods, and as persistent volumes of the cluster."""

from collections.abc import Iterator

from hullmark.checks.kube import Object
from hullmark.model.placed import Map


def volumes(subject: Object) -> Iterator[tuple[Map, str, str]]:
    """Every volume of a pod, or a persistent volume itself, with its path and its name."""
    if subject.kind == "PersistentVolume":
        if not subject.group:
            yield subject.spec, "spec", subject.metadata.text("name")
        return
    pod = subject.pod
    if pod is not None:
        for body, at in pod.volumes():
            yield body, at, body.text("name")
