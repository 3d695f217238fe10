"""Objects for checks across files: what those read of each, small enough to keep for all of a tree.

A mapping is packed as its line, its entries and their lines; a list as its line, a list of what it
holds and their lines; whatever else as it is.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from hullmark.checks.kube import Object
from hullmark.model.placed import Items, Map

MAX_TEXT_CHARS = 1024
"""Ours, of one text: names and hosts have 253 characters at most, labels 63. The rest is cut."""

MAX_PACKED_CHARS = 8 * 1024 * 1024
"""Ours, of all objects of one file together, where a node counts as eight."""

ANNOTATION = "hullmark.io/allow."
"""Before a rule's id, of an annotation whose value is the reason to accept it in an object."""

_NODE_CHARS = 8
_MAX_INTEGER = 2**63

Packed = tuple[Any, ...] | list[Any] | str | int | float | bool | None
"""A value, packed."""

Allowances = Mapping[int, Iterable[tuple[str, str]]]
"""Rules and reasons by the line that a comment accepts them for."""


class TooLargeError(ValueError):
    """Objects of a file are more than is kept of one."""


class _Whole:
    """Stands for a value that is kept with all that is in it."""


_WHOLE = _Whole()

_Shape = Mapping[str, Any]

_NAME: _Shape = {"name": _WHOLE, "optional": _WHOLE}

_CONTAINER: _Shape = {
    "name": _WHOLE,
    "image": _WHOLE,
    "securityContext": {"privileged": _WHOLE},
    "resources": {"requests": _WHOLE},
    "envFrom": {"configMapRef": _NAME, "secretRef": _NAME},
    "env": {"valueFrom": {"configMapKeyRef": _NAME, "secretKeyRef": _NAME}},
}

_POD: _Shape = {
    **dict.fromkeys(
        (
            *("hostNetwork", "hostPID", "serviceAccountName", "serviceAccount"),
            *("automountServiceAccountToken", "restartPolicy"),
        ),
        _WHOLE,
    ),
    "containers": _CONTAINER,
    "initContainers": _CONTAINER,
    "ephemeralContainers": {"name": _WHOLE, "securityContext": {"privileged": _WHOLE}},
    "volumes": {
        "configMap": _NAME,
        "secret": {"secretName": _WHOLE, "optional": _WHOLE},
        "persistentVolumeClaim": {"claimName": _WHOLE},
        "projected": {"sources": {"configMap": _NAME, "secret": _NAME}},
    },
}

_NOTES = (
    *(ANNOTATION, "backup.velero.io/", "k8up.io/", "sidecar.istio.io/"),
    *("kubernetes.io/ingress.class", "nginx.ingress.kubernetes.io/canary"),
)
"""Beginnings of annotations that are read; of services those of load balancers, too."""

_META = ("name", "generateName", "namespace", "uid")

_TEMPLATE: _Shape = {"metadata": {"labels": _WHOLE, "annotations": _WHOLE}, "spec": _POD}

_MAKER: _Shape = {
    "replicas": _WHOLE,
    "volumeClaimTemplates": {"metadata": {"name": _WHOLE}},
    "template": _TEMPLATE,
    "jobTemplate": {"spec": {"template": _TEMPLATE}},
    "jobTargetRef": {"template": _TEMPLATE},
}

_SHAPES: Mapping[str, _Shape] = {
    "Pod": {"spec": _POD},
    "PodTemplate": {"template": _TEMPLATE},
    **{
        kind: {"spec": _WHOLE}
        for kind in (
            *("NetworkPolicy", "Service", "Ingress", "PodDisruptionBudget", "PeerAuthentication"),
            *("HorizontalPodAutoscaler", "ScaledObject", "AuthorizationPolicy"),
            "RequestAuthentication",
        )
    },
    **{kind: {"rules": _WHOLE} for kind in ("Role", "ClusterRole")},
    **{
        kind: {"roleRef": _WHOLE, "subjects": _WHOLE}
        for kind in ("RoleBinding", "ClusterRoleBinding")
    },
    "ServiceAccount": {"automountServiceAccountToken": _WHOLE},
    "ConfigMap": {},
    "Secret": {},
    "PersistentVolumeClaim": {},
    "Namespace": {},
}
"""What is kept of each kind beside its names; of others the pods that they make."""

_OTHERS: _Shape = {"spec": _MAKER}


def packed(objects: Iterable[Object], allowances: Allowances) -> bytes:
    """What checks across files read of objects, and what comments in their file accept.

    Raises ``TooLargeError``, and ``ValueError`` for texts that are none.
    """
    packing = _Packing()
    bodies = [packing.body(each) for each in objects]
    accepted = {str(line): list(each) for line, each in allowances.items()}
    return msgspec.msgpack.encode((bodies, accepted))


def unpacked(data: bytes) -> tuple[Iterator[Object], dict[int, list[tuple[str, str]]]]:
    """The objects of a file as far as they were kept, and what its comments accept, by line."""
    bodies, accepted = msgspec.msgpack.decode(data)
    kept = {int(line): [(rule, why) for rule, why in each] for line, each in accepted.items()}
    return (Object(each) for each in map(_restored, bodies) if isinstance(each, Map)), kept


class _Packing:
    """Values become what can be written down, up to a bound for all together."""

    def __init__(self) -> None:
        self._left = MAX_PACKED_CHARS

    def body(self, subject: Object) -> Packed:
        """An object, as far as checks across files read it."""
        body = subject.body
        entries: dict[str, Packed] = {"kind": subject.kind, "apiVersion": body.text("apiVersion")}
        lines = [body.line_of("kind"), body.line_of("apiVersion")]
        if "metadata" in body:
            entries["metadata"] = self._metadata(subject)
            lines.append(body.lines.get("metadata", 0))
        shape = _SHAPES.get(subject.kind, _OTHERS)
        for key in shape:
            if key in body:
                entries[key] = self._value(body[key], shape[key])
                lines.append(body.line_of(key))
        return body.line, entries, lines

    def _metadata(self, subject: Object) -> Packed:
        meta = subject.metadata
        entries: dict[str, Packed] = {}
        lines = []
        for key in _META:
            if key in meta:
                entries[key] = self._value(meta[key], _WHOLE)
                lines.append(meta.line_of(key))
        if "labels" in meta and (subject.pod is not None or subject.kind == "Namespace"):
            entries["labels"] = self._value(meta["labels"], _WHOLE)
            lines.append(meta.line_of("labels"))
        if "annotations" in meta:
            notes = meta.map("annotations")
            kept = {key: _WHOLE for key in notes if key.startswith(_NOTES)}
            if subject.kind == "Service":
                kept |= {key: _WHOLE for key in notes if "load" in key}
            if kept:
                entries["annotations"] = self._value(meta["annotations"], kept)
                lines.append(meta.line_of("annotations"))
        return meta.line, entries, lines

    def _value(self, value: object, shape: _Shape | _Whole) -> Packed:
        self._left -= _NODE_CHARS
        if self._left < 0:
            raise TooLargeError(f"more than {MAX_PACKED_CHARS} characters of objects in one file")
        if isinstance(value, str):
            text = str(value[:MAX_TEXT_CHARS])
            self._left -= len(text)
            return text
        if type(value) is Map:
            return self._map(value, shape)
        if type(value) is Items:
            return value.line, [self._value(each, shape) for each in value], value.lines
        if type(value) is int and not -_MAX_INTEGER <= value < _MAX_INTEGER:
            return str(value)
        return value if value is None or isinstance(value, int | float | bool) else ""

    def _map(self, value: Map, shape: _Shape | _Whole) -> Packed:
        entries: dict[str, Packed] = {}
        lines = []
        of = value.lines
        for key, each in value.items():
            if shape is _WHOLE:
                if len(key) > MAX_TEXT_CHARS:
                    continue
                self._left -= len(key)
                entries[key] = self._value(each, _WHOLE)
            else:
                inner = shape.get(key)  # type: ignore[union-attr]  # what is not whole has a shape
                if inner is None:
                    continue
                entries[key] = self._value(each, inner)
            lines.append(of.get(key, value.line))
        return value.line, entries, lines


def _restored(value: Any) -> object:  # noqa: ANN401 - what was decoded
    if type(value) is not list:
        return value
    line, held, lines = value
    if type(held) is dict:
        done = Map(line, dict(zip(held, lines, strict=True)))
        done.update(held)
        for key, each in held.items():
            if type(each) is list:
                done[key] = _restored(each)
        return done
    items = Items(line)
    items.lines = lines
    items.extend(_restored(each) for each in held)
    return items
