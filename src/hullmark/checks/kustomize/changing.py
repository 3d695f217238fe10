"""What a kustomization does to all of its objects: names, namespaces, labels, images, replicas."""

from collections.abc import Iterable, Iterator
from re import compile as regex

from hullmark.checks.kustomize.fields import (
    ANNOTATIONS,
    LABELS,
    Path,
    selector_fields,
    template_fields,
)
from hullmark.checks.kustomize.resource import CLUSTER_WIDE, DEFAULT, Resource
from hullmark.checks.kustomize.values import Budget, inner, mappings, put
from hullmark.checks.origins import BuildError
from hullmark.model.placed import Items, Map

_WITHOUT_PREFIX = frozenset(("Namespace", "CustomResourceDefinition", "APIService"))
_SCALED = frozenset(("Deployment", "ReplicationController", "ReplicaSet", "StatefulSet"))
_ROLES = ("containers", "initContainers")

_image = regex(r"(.*?)(?::([\w.{}-]*))?(?:@(sha256:[\w.{}-]*))?\Z").match

MAX_IMAGE_CHARS = 4096


def _metadata(resource: Resource, line: int) -> Map:
    metadata = inner(resource.body, "metadata", line)
    if metadata is None:
        raise BuildError(f"{resource.said} has metadata that is no mapping")
    return metadata


def rename(resources: Iterable[Resource], body: Map) -> None:
    """Put ``namePrefix`` and ``nameSuffix`` around names."""
    prefix, suffix = body.text("namePrefix"), body.text("nameSuffix")
    if not prefix and not suffix:
        return
    line = body.line_of("namePrefix" if prefix else "nameSuffix")
    for each in resources:
        if each.kind not in _WITHOUT_PREFIX and each.name:
            put(_metadata(each, line), "name", f"{prefix}{each.name}{suffix}", line)
            each.remember()


def move(resources: Iterable[Resource], body: Map) -> None:
    """Put everything that lives in namespaces into ``namespace``."""
    namespace = body.text("namespace")
    if not namespace:
        return
    line = body.line_of("namespace")
    for each in resources:
        if each.kind == "Namespace" and not each.group:
            put(_metadata(each, line), "name", namespace, line)
        elif each.kind not in CLUSTER_WIDE or not each.is_of_core:
            put(_metadata(each, line), "namespace", namespace, line)
        for subject in each.body.maps("subjects"):
            if subject.text("kind") == "ServiceAccount" and subject.text("name") == DEFAULT:
                put(subject, "namespace", namespace, line)
        if each.kind == "APIService":
            for service in mappings(each.body, ("spec", "service"), line):
                put(service, "namespace", namespace, line)
        each.remember()


def label(resources: Iterable[Resource], body: Map, budget: Budget) -> None:
    """Add ``labels`` and ``commonLabels``."""
    for each in resources:
        for entry in body.maps("labels"):
            pairs = entry.map("pairs")
            with_selectors = entry.flag("includeSelectors") is True
            _add(each.body, LABELS, pairs, budget)
            if with_selectors or entry.flag("includeTemplates"):
                _add_to_templates(each, pairs, "labels", budget)
            if with_selectors:
                _add_to_selectors(each, pairs, budget)
            for field in entry.maps("fields"):
                if field.text("kind") in ("", each.kind):
                    path = tuple(field.text("path").split("/"))
                    _add(each.body, path, pairs, budget, make=field.flag("create") is True)
        common = body.map("commonLabels")
        if common:
            _add(each.body, LABELS, common, budget)
            _add_to_templates(each, common, "labels", budget)
            _add_to_selectors(each, common, budget)


def annotate(resources: Iterable[Resource], body: Map, budget: Budget) -> None:
    """Add ``commonAnnotations``."""
    common = body.map("commonAnnotations")
    for each in resources if common else ():
        _add(each.body, ANNOTATIONS, common, budget)
        _add_to_templates(each, common, "annotations", budget)


def _add_to_templates(each: Resource, pairs: Map, leaf: str, budget: Budget) -> None:
    for path in template_fields(each.kind, leaf):
        _add(each.body, path, pairs, budget)


def _add_to_selectors(each: Resource, pairs: Map, budget: Budget) -> None:
    for path, make in selector_fields(each.kind):
        _add(each.body, path, pairs, budget, make=make)


def _add(body: Map, path: Path, pairs: Map, budget: Budget, *, make: bool = True) -> None:
    for found in mappings(body, path, pairs.line if make else 0):
        budget.spend(len(pairs))
        for key in pairs:
            put(found, key, pairs.text(key) or pairs[key], pairs.line_of(key))


def reimage(resources: Iterable[Resource], body: Map, budget: Budget) -> None:
    """Give containers the images that ``images`` has for theirs."""
    wanted = {each.text("name"): each for each in body.maps("images")}
    if not wanted:
        return
    for resource in resources:
        if resource.kind == "CustomResourceDefinition":
            continue
        for container in _containers(resource.body, budget):
            name = container.text("image")
            if len(name) > MAX_IMAGE_CHARS:
                continue
            parts = _image(name)
            entry = wanted.get(parts[1]) if parts else None
            if parts and entry is not None:
                line = entry.line_of("newName" if "newName" in entry else "name")
                line = next((entry.line_of(key) for key in _TAGS if key in entry), line)
                put(container, "image", _renamed(entry, parts[1], parts[2], parts[3]), line)


_TAGS = ("newTag", "digest", "tagSuffix")


def _renamed(entry: Map, name: str, tag: str | None, digest: str | None) -> str:
    name = entry.text("newName") or name
    new_tag, new_digest = entry.text("newTag"), entry.text("digest")
    if new_tag or new_digest:
        tag, digest = new_tag, new_digest
    elif "tagSuffix" in entry:
        tag, digest = (tag or "") + entry.text("tagSuffix"), None
    return name + (f":{tag}" if tag else "") + (f"@{digest}" if digest else "")


def _containers(body: Map, budget: Budget) -> Iterator[Map]:
    """Every container of an object, at any depth."""
    stack: list[object] = [body]
    while stack:
        value = stack.pop()
        if isinstance(value, Map):
            budget.spend(len(value))
            for role in _ROLES:
                yield from (each for each in value.maps(role) if "image" in each)
            stack += [each for each in value.values() if isinstance(each, Map | Items)]
        elif isinstance(value, Items):
            stack += [each for each in value if isinstance(each, Map | Items)]


def scale(resources: Iterable[Resource], body: Map) -> None:
    """Give workloads as many replicas as ``replicas`` says."""
    wanted = {each.text("name"): each for each in body.maps("replicas")}
    for each in resources if wanted else ():
        if each.kind not in _SCALED:
            continue
        entry = next((wanted[id.name] for id in each.ids if id.name in wanted), None)
        spec = inner(each.body, "spec", each.line) if entry else None
        if entry is not None and spec is not None:
            put(spec, "replicas", entry.get("count"), entry.line_of("count"))
