"""ConfigMaps and Secrets that a kustomization makes of literals, files and files of variables."""

from base64 import b64encode
from collections.abc import Iterator
from typing import NamedTuple

from hullmark.checks.kustomize.resource import DEFAULT, Resource
from hullmark.checks.kustomize.values import Budget, drop, made, put
from hullmark.checks.origins import BuildError, Origins, below, short
from hullmark.model.placed import Map

KINDS = {"configMapGenerator": "ConfigMap", "secretGenerator": "Secret"}

MAX_ENTRY_BYTES = 1024 * 1024
"""Of one file; Kubernetes takes no larger objects."""


class _Entry(NamedTuple):
    key: str
    value: bytes
    line: int


class Generator:
    """Makes the objects of one kustomization; what it cannot read goes into ``missing``."""

    def __init__(self, origins: Origins, budget: Budget, folder: str, missing: list[str]) -> None:
        self._origins = origins
        self._budget = budget
        self._folder = folder
        self._missing = missing

    def generate(
        self, body: Map, resources: list[Resource], lineage: tuple[int, ...]
    ) -> list[Resource]:
        """The objects with those that are generated, or merged into what is there."""
        for key, kind in KINDS.items():
            for entry in body.maps(key):
                fresh = self._made(kind, entry, body.map("generatorOptions"))
                resources = self._added(fresh, entry, resources, lineage)
        return resources

    def _added(
        self, fresh: Map, entry: Map, resources: list[Resource], lineage: tuple[int, ...]
    ) -> list[Resource]:
        behavior = entry.text("behavior") or "create"
        name, namespace = entry.text("name"), entry.text("namespace") or DEFAULT
        if behavior == "create":
            return [*resources, Resource(fresh, lineage)]
        for each in resources:
            if any(
                (id.kind, id.name, id.namespace or DEFAULT) == (fresh.text("kind"), name, namespace)
                for id in each.ids
            ):
                for key in ("data", "binaryData"):
                    if behavior == "replace" and key not in fresh:
                        drop(each.body, key)
                    elif key in fresh:
                        put(each.body, key, _joined(each.body, fresh, key, behavior), entry.line)
                for key in ("labels", "annotations"):
                    if key in fresh.map("metadata"):
                        metadata = made(each.body, "metadata", entry.line)
                        put(
                            metadata, key, _joined(metadata, fresh.map("metadata"), key), entry.line
                        )
                return resources
        raise BuildError(f"generator {short(name)} wants to {short(behavior)} what is not there")

    def _made(self, kind: str, entry: Map, shared: Map) -> Map:
        done = Map(entry.line)
        put(done, "apiVersion", "v1", entry.line)
        put(done, "kind", kind, entry.line)
        metadata = made(done, "metadata", entry.line)
        for key in ("name", "namespace"):
            if entry.text(key):
                put(metadata, key, entry.text(key), entry.line_of(key))
        own = entry.map("options")
        for key in ("labels", "annotations"):
            for options in (shared, own):
                for name, value in options.map(key).items():
                    held = made(metadata, key, entry.line)
                    put(held, name, value, options.map(key).line_of(name))
        if kind == "Secret":
            put(done, "type", entry.text("type") or "Opaque", entry.line_of("type"))
        for each in self._entries(entry):
            self._budget.spend(1 + len(each.value) // 1000)
            where, value = _written(kind, each.value)
            data = made(done, where, entry.line)
            put(data, each.key, value, each.line)
        if own.flag("immutable") or (shared.flag("immutable") and own.flag("immutable") is None):
            put(done, "immutable", True, entry.line)  # noqa: FBT003 - a value of the object
        return done

    def _entries(self, entry: Map) -> Iterator[_Entry]:
        for listed in (entry.items_of("envs"), [entry.text("env")] if entry.text("env") else []):
            for each in listed:
                if isinstance(each, str):
                    yield from self._variables(each)
        files = entry.items_of("files")
        for each in files:
            if isinstance(each, str):
                key, given, path = each.partition("=")
                content = self._content(path if given else each)
                if content is not None:
                    name = key if given else each.rpartition("/")[2]
                    first = self._origins.first(below(self._folder, path if given else each))
                    yield _Entry(name, content, first + 1)
        literals = entry.items_of("literals")
        for index, each in enumerate(literals):
            if isinstance(each, str):
                key, _, value = each.partition("=")
                if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
                    value = value[1:-1]
                yield _Entry(key, value.encode(errors="replace"), literals.line_of(index))

    def _variables(self, path: str) -> Iterator[_Entry]:
        content = self._content(path)
        if content is None:
            return
        first = self._origins.first(below(self._folder, path))
        text = content.decode(errors="replace").removeprefix("\ufeff")
        for number, line in enumerate(text.split("\n"), start=1):
            key, given, value = line.strip("\r").lstrip().partition("=")
            if given and not key.startswith("#"):
                yield _Entry(key, value.encode(errors="replace"), first + number)

    def _content(self, path: str) -> bytes | None:
        """A file's bytes; ``None`` where it cannot be had, which is remembered."""
        place = below(self._folder, path)
        why = self._origins.why_not(place)
        if why:
            self._missing.append(f"{short(path)}, of which an object is generated, {why}")
            return None
        content = self._origins.bytes_of(place)
        if len(content) > MAX_ENTRY_BYTES:
            raise BuildError(
                f"{short(path)} has more than the {MAX_ENTRY_BYTES} bytes of an object"
            )
        return content


def _written(kind: str, value: bytes) -> tuple[str, str]:
    """The field for a value, and how it stands there."""
    if kind == "Secret":
        return "data", b64encode(value).decode()
    try:
        return "data", value.decode()
    except UnicodeDecodeError:
        return "binaryData", b64encode(value).decode()


def _joined(old: Map, new: Map, key: str, behavior: str = "merge") -> Map:
    done = Map(new.line)
    sources = (new,) if behavior == "replace" else (old, new)
    for source in sources:
        found = source.map(key)
        for name, value in found.items():
            put(done, name, value, found.line_of(name))
    return done
