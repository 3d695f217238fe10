"""Which objects of a tree belong together, and whom selectors pick, without comparing all with all.

Two objects ``share`` a namespace where that is evident: a finding may rest on it. They
``may_share`` one where nothing tells that they do not: a namespace that is left open may be any.
What is missing is told only where nothing that may share the namespace is it.
Reference: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hullmark.checks.kube import Bundle, Object
from hullmark.checks.kube_index import Index
from hullmark.model.placed import Map

_ALL = ("*", "")
"""Stands for every label; no name of one."""


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


class Spaces:
    """Objects by the namespaces that they may be in."""

    def __init__(self, bundle: Bundle, objects: Iterable[Object]) -> None:
        self._index: Index[Object] = Index(bundle)
        for each in objects:
            self._index.add("", each, each)

    def sharing(self, subject: Object, *, evident: bool = False) -> Iterator[Object]:
        """Those that may share an object's namespace, or evidently do."""
        return self._index.find("", subject, evident=evident)


class Named:
    """Objects by kind and name."""

    def __init__(self, bundle: Bundle, *kinds: str) -> None:
        self._index: Index[Object] = Index(bundle)
        for each in bundle.of(*kinds):
            self._index.add((each.kind, each.metadata.text("name")), each, each)

    def find(
        self, subject: Object, kind: str, name: str, *, evident: bool = False
    ) -> Iterator[Object]:
        """Those of this kind and name that may share an object's namespace, or evidently do."""
        return self._index.find((kind, name), subject, evident=evident)


class Makers:
    """Everything that makes pods, by namespace and by label."""

    def __init__(self, bundle: Bundle) -> None:
        self.all = [
            Maker(each, labels)
            for each in bundle.objects
            if (labels := labels_of(each)) is not None
        ]
        self._index: Index[Maker] = Index(bundle)
        for each in self.all:
            self._index.add(_ALL, each.subject, each)
            for key in each.labels:
                self._index.add((key, each.labels.text(key)), each.subject, each)

    def selected(self, subject: Object, selector: Map, *, evident: bool = False) -> Iterator[Maker]:
        """Those that an object's selector of labels and expressions picks."""
        for each in self._index.find(_pair(selector.map("matchLabels")), subject, evident=evident):
            if selects(selector, each.labels):
                yield each

    def with_labels(self, subject: Object, wanted: Map) -> Iterator[Maker]:
        """Those that may share an object's namespace and have all of these labels."""
        likely = self._index.find(_pair(wanted), subject)
        return (each for each in likely if has_all(each.labels, wanted))

    def sharing(self, subject: Object) -> Iterator[Maker]:
        """Those that evidently share an object's namespace."""
        return self._index.find(_ALL, subject, evident=True)


def makers(bundle: Bundle) -> Makers:
    """Everything of a tree that makes pods."""
    found: Makers = bundle.kept("makers", lambda: Makers(bundle))
    return found


class Selectors:
    """Objects that select pods, by namespace and by the first label that they ask for."""

    def __init__(self, bundle: Bundle, selecting: Iterable[tuple[Object, Map]]) -> None:
        self._index: Index[tuple[Object, Map]] = Index(bundle)
        for subject, selector in selecting:
            pair = _pair(selector.map("matchLabels"))
            self._index.add(pair, subject, (subject, selector))

    def of(self, subject: Object, labels: Map) -> Iterator[Object]:
        """Those that select pods of these labels, and may share their namespace."""
        for pair in (_ALL, *((key, labels.text(key)) for key in labels)):
            for each, selector in self._index.find(pair, subject):
                if selects(selector, labels):
                    yield each


def _pair(wanted: Map) -> tuple[str, str]:
    """The first label that is asked for; that of everything where none is."""
    return next(((key, wanted.text(key)) for key in wanted), _ALL)
