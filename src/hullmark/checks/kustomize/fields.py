"""Where objects hold labels, selectors, annotations and the names of other objects.

Source: the defaults of kustomize's transformers,
https://github.com/kubernetes-sigs/kustomize/tree/master/api/internal/konfig/builtinpluginconsts
"""

from collections.abc import Iterator, Mapping

from hullmark.checks.kube import POD_PLACES

Path = tuple[str, ...]

LABELS: Path = ("metadata", "labels")
ANNOTATIONS: Path = ("metadata", "annotations")

_SPREADING = (
    *(
        ("affinity", kind, *when, "labelSelector", "matchLabels")
        for kind in ("podAffinity", "podAntiAffinity")
        for when in (
            ("preferredDuringSchedulingIgnoredDuringExecution", "podAffinityTerm"),
            ("requiredDuringSchedulingIgnoredDuringExecution",),
        )
    ),
    ("topologySpreadConstraints", "labelSelector", "matchLabels"),
)

_MADE: Mapping[str, tuple[Path, ...]] = {
    "Service": (("spec", "selector"),),
    "ReplicationController": (("spec", "selector"),),
    "Deployment": (("spec", "selector", "matchLabels"),),
    "ReplicaSet": (("spec", "selector", "matchLabels"),),
    "DaemonSet": (("spec", "selector", "matchLabels"),),
    "StatefulSet": (
        ("spec", "selector", "matchLabels"),
        ("spec", "volumeClaimTemplates", "metadata", "labels"),
    ),
}
"""Selectors that are made where they are missing."""

_CHANGED: Mapping[str, tuple[Path, ...]] = {
    "Job": (("spec", "selector", "matchLabels"),),
    "CronJob": (("spec", "jobTemplate", "spec", "selector", "matchLabels"),),
    "PodDisruptionBudget": (("spec", "selector", "matchLabels"),),
    "NetworkPolicy": (
        ("spec", "podSelector", "matchLabels"),
        ("spec", "ingress", "from", "podSelector", "matchLabels"),
        ("spec", "egress", "to", "podSelector", "matchLabels"),
    ),
}
"""Selectors that are only added to."""

_TEMPLATES = {kind: place for kind, place in POD_PLACES.items() if len(place) > 1}


def template_fields(kind: str, leaf: str) -> Iterator[Path]:
    """Where the pods that a kind makes hold their labels or annotations."""
    place = _TEMPLATES.get(kind)
    if place:
        if kind == "CronJob":
            yield ("spec", "jobTemplate", "metadata", leaf)
        yield (*place, "metadata", leaf)


def selector_fields(kind: str) -> Iterator[tuple[Path, bool]]:
    """Where a kind holds selectors of pods, and whether one is made where it is missing."""
    yield from ((path, True) for path in _MADE.get(kind, ()))
    yield from ((path, False) for path in _CHANGED.get(kind, ()))
    if kind in ("Deployment", "StatefulSet"):
        yield from (((*_TEMPLATES[kind], "spec", *path), False) for path in _SPREADING)


POD: Path = ("*pod",)
"""Stands for the specification of the pod that an object is or makes."""


def _of_containers(*path: str) -> tuple[Path, ...]:
    roles = ("containers", "initContainers", "ephemeralContainers")
    return tuple((*POD, role, *path) for role in roles)


REFERENCES: Mapping[str, tuple[Path, ...]] = {
    "ConfigMap": (
        *_of_containers("env", "valueFrom", "configMapKeyRef", "name"),
        *_of_containers("envFrom", "configMapRef", "name"),
        (*POD, "volumes", "configMap", "name"),
        (*POD, "volumes", "projected", "sources", "configMap", "name"),
    ),
    "Secret": (
        *_of_containers("env", "valueFrom", "secretKeyRef", "name"),
        *_of_containers("envFrom", "secretRef", "name"),
        (*POD, "imagePullSecrets", "name"),
        (*POD, "volumes", "secret", "secretName"),
        (*POD, "volumes", "projected", "sources", "secret", "name"),
        ("imagePullSecrets", "name"),
        ("secrets", "name"),
        ("spec", "tls", "secretName"),
    ),
    "ServiceAccount": (
        (*POD, "serviceAccountName"),
        (*POD, "serviceAccount"),
    ),
    "PersistentVolumeClaim": ((*POD, "volumes", "persistentVolumeClaim", "claimName"),),
    "PersistentVolume": (("spec", "volumeName"),),
    "StorageClass": (
        ("spec", "storageClassName"),
        ("spec", "volumeClaimTemplates", "spec", "storageClassName"),
    ),
    "PriorityClass": ((*POD, "priorityClassName"),),
    "RuntimeClass": ((*POD, "runtimeClassName"),),
    "IngressClass": (("spec", "ingressClassName"),),
    "Service": (
        ("spec", "serviceName"),
        ("spec", "defaultBackend", "service", "name"),
        ("spec", "rules", "http", "paths", "backend", "service", "name"),
        ("spec", "rules", "http", "paths", "backend", "serviceName"),
        ("spec", "service", "name"),
        ("webhooks", "clientConfig", "service", "name"),
        ("spec", "conversion", "webhook", "clientConfig", "service", "name"),
    ),
}
"""Where objects name others, by the kind that is named."""

NAMED_WITH_KIND: tuple[Path, ...] = (("spec", "scaleTargetRef"), ("roleRef",), ("subjects",))
"""Mappings that name an object by ``kind`` and ``name``."""
