"""Which objects of a tree belong together, and whom selectors pick, without comparing all with all.

Two objects ``share`` a namespace where that is evident: a finding may rest on it. They
``may_share`` one where nothing tells that they do not: a namespace that is left open may be any.
What is missing is told only where nothing that may share the namespace is it.
Reference: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from hullmark.checks.kube import Bundle, Object
from hullmark.checks.kube_places import near, together
from hullmark.model.placed import Map

_ANY = "*"
"""Stands for every namespace and every label; no name of either."""


def shares(one: Object, other: Object) -> bool:
    """Whether two objects evidently share a namespace: by its name, or as one application."""
    if one.namespace != other.namespace:
        return False
    is_evident = bool(one.namespace) or near(one.source, other.source)
    return is_evident and together(one.source, other.source)


def may_share(one: Object, other: Object) -> bool:
    """Whether two objects may share a namespace, which either can leave open."""
    if one.namespace and other.namespace and one.namespace != other.namespace:
        return False
    return together(one.source, other.source)


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
        self._bundle = bundle
        self._all: list[Object] = []
        self._of: dict[str, list[Object]] = {}
        for each in objects:
            self._all.append(each)
            self._of.setdefault(each.namespace, []).append(each)

    def sharing(self, subject: Object, *, evident: bool = False) -> Iterator[Object]:
        """Those that may share an object's namespace, or evidently do."""
        holds = shares if evident else may_share
        for each in self._near(subject):
            self._bundle.spend()
            if holds(each, subject):
                yield each

    def _near(self, subject: Object) -> Iterator[Object]:
        if not subject.namespace:
            yield from self._all
            return
        yield from self._of.get(subject.namespace, ())
        yield from self._of.get("", ())


class Named:
    """Objects by kind and name."""

    def __init__(self, bundle: Bundle, *kinds: str) -> None:
        self._bundle = bundle
        self._of: dict[tuple[str, str], list[Object]] = {}
        for each in bundle.of(*kinds):
            self._of.setdefault((each.kind, each.metadata.text("name")), []).append(each)

    def find(
        self, subject: Object, kind: str, name: str, *, evident: bool = False
    ) -> Iterator[Object]:
        """Those of this kind and name that may share an object's namespace, or evidently do."""
        holds = shares if evident else may_share
        for each in self._of.get((kind, name), ()):
            self._bundle.spend()
            if holds(each, subject):
                yield each


class Makers:
    """Everything that makes pods, by namespace and by label."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self.all = [
            Maker(each, labels)
            for each in bundle.objects
            if (labels := labels_of(each)) is not None
        ]
        self._of: dict[tuple[str, str, str], list[Maker]] = {}
        for each in self.all:
            for space in {each.subject.namespace, _ANY}:
                self._of.setdefault((space, _ANY, ""), []).append(each)
                for key in each.labels:
                    self._of.setdefault((space, key, each.labels.text(key)), []).append(each)

    def selected(self, subject: Object, selector: Map, *, evident: bool = False) -> Iterator[Maker]:
        """Those that an object's selector of labels and expressions picks."""
        holds = shares if evident else may_share
        for each in self._likely(subject, selector.map("matchLabels")):
            self._bundle.spend()
            if holds(subject, each.subject) and selects(selector, each.labels):
                yield each

    def with_labels(self, subject: Object, wanted: Map) -> Iterator[Maker]:
        """Those that may share an object's namespace and have all of these labels."""
        for each in self._likely(subject, wanted):
            self._bundle.spend()
            if may_share(subject, each.subject) and has_all(each.labels, wanted):
                yield each

    def sharing(self, subject: Object) -> Iterator[Maker]:
        """Those that evidently share an object's namespace."""
        for each in self._likely(subject, {}):
            self._bundle.spend()
            if shares(subject, each.subject):
                yield each

    def _likely(self, subject: Object, wanted: Mapping[str, object]) -> Iterator[Maker]:
        """Those that may be in the namespace and have one of the labels, the first."""
        pair = _pair(wanted)
        for space in (subject.namespace, "") if subject.namespace else (_ANY,):
            yield from self._of.get((space, *pair), ())


def makers(bundle: Bundle) -> Makers:
    """Everything of a tree that makes pods."""
    found: Makers = bundle.kept("makers", lambda: Makers(bundle))
    return found


class Selectors:
    """Objects that select pods, by namespace and by the first label that they ask for."""

    def __init__(self, bundle: Bundle, selecting: Iterable[tuple[Object, Map]]) -> None:
        self._bundle = bundle
        self._of: dict[tuple[str, str, str], list[tuple[Object, Map]]] = {}
        for subject, selector in selecting:
            pair = _pair(selector.map("matchLabels"))
            for space in {subject.namespace, _ANY}:
                self._of.setdefault((space, *pair), []).append((subject, selector))

    def of(self, subject: Object, labels: Map) -> Iterator[Object]:
        """Those that select pods of these labels, and may share their namespace."""
        pairs = [(_ANY, ""), *((key, labels.text(key)) for key in labels)]
        for space in (subject.namespace, "") if subject.namespace else (_ANY,):
            for pair in pairs:
                for each, selector in self._of.get((space, *pair), ()):
                    self._bundle.spend()
                    if may_share(subject, each) and selects(selector, labels):
                        yield each


def _pair(wanted: Mapping[str, object]) -> tuple[str, str]:
    """The first label that is asked for; that of everything where none is."""
    for key in wanted:
        return key, wanted.text(key) if isinstance(wanted, Map) else ""
    return _ANY, ""
