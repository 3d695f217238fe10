"""A kustomization with all that it is made of: resources, generators, components, changes."""

from collections.abc import Callable, Iterator
from itertools import count

from hullmark.checks.kustomize import changing
from hullmark.checks.kustomize.charts import Charts, charts_of, not_rendered, place_of
from hullmark.checks.kustomize.generating import Generator
from hullmark.checks.kustomize.json_patch import patched
from hullmark.checks.kustomize.reading import Reader, is_remote
from hullmark.checks.kustomize.references import rejoin
from hullmark.checks.kustomize.replacing import replace
from hullmark.checks.kustomize.resource import Id, Resource, held_to_one_of_a_name
from hullmark.checks.kustomize.selecting import selects
from hullmark.checks.kustomize.strategic import Merge
from hullmark.checks.kustomize.values import Budget, drop
from hullmark.checks.kustomize.variables import Variable, resolve, variable
from hullmark.checks.origins import BuildError, Origins, folder_of, short
from hullmark.model.inflation import Inflate
from hullmark.model.placed import Items, Map, line_in_file
from hullmark.model.repository import without_login

MAX_CHAIN = 40
"""Kustomizations within each other; people nest five."""

COST = 50
"""Values that a kustomization or a chart counts for by itself, so that empty ones end too."""

NOT_BUILT = {
    "helmChartInflationGenerator": "charts are rendered for helmCharts alone",
    "generators": "generators are programs, which are not run",
    "transformers": "transformers of their own are not applied",
    "validators": "validators are not run",
    "configurations": "configurations of transformers are not read",
    "openapi": "lists of kinds with schemas of their own are replaced by patches",
}
"""Fields that something is told of instead of being done."""


class Built:
    """What became of one kustomization: its objects, and what could not be built, each once."""

    def __init__(self) -> None:
        self.resources: list[Resource] = []
        self.gaps: dict[str, None] = {}

    def tell(self, path: str, line: int, why: str) -> None:
        """Remember what is not there."""
        self.gaps[f"{path}:{line_in_file(line)}: {without_login(why)}"] = None


class Builder:
    """Builds one kustomization; ``visited`` are all those that took part."""

    def __init__(self, origins: Origins, inflate: Inflate = not_rendered) -> None:
        self._origins = origins
        self._numbers = count()
        self._budget = Budget()
        self._built = Built()
        self._variables: dict[str, Variable] = {}
        self.reader = Reader(origins)
        self._charts = Charts(self.reader, self._budget, inflate)
        self.visited: dict[str, None] = {}

    @property
    def spent(self) -> int:
        """How many values were made."""
        return self._budget.spent

    def build(self, path: str) -> Built:
        """All objects of a kustomization by its path, once. ``BuildError`` where it cannot be."""
        self._built = Built()
        self._variables = {}
        resources = self._accumulated(path, (), (), [])
        rejoin(resources)
        resolve(self._variables, resources, self._budget)
        held_to_one_of_a_name(resources)
        self._built.resources = resources
        return self._built

    def _accumulated(
        self,
        path: str,
        chain: tuple[str, ...],
        lineage: tuple[int, ...],
        given: list[Resource],
    ) -> list[Resource]:
        """The objects given, with those that a kustomization adds and all that it does to them."""
        if path in chain:
            raise BuildError(f"{short(path)} is made of itself")
        if len(chain) >= MAX_CHAIN:
            raise BuildError(f"more than {MAX_CHAIN} kustomizations within each other")
        self._budget.spend(COST)
        body = self.reader.kustomization(path)
        if body is None:
            raise BuildError(f"{short(path)} is no kustomization")
        self.visited[path] = None
        chain, lineage = (*chain, path), (*lineage, next(self._numbers))
        try:
            return self._made(body, path, chain, lineage, given)
        except BuildError as error:
            said = str(error)
            raise BuildError(said if said.startswith("in ") else f"in {path}: {said}") from error

    def _made(
        self,
        body: Map,
        path: str,
        chain: tuple[str, ...],
        lineage: tuple[int, ...],
        given: list[Resource],
    ) -> list[Resource]:
        resources = [*given]
        for key in ("resources", "bases"):
            for entry, line in _listed(body, key):
                resources += self._entry(path, entry, line, chain, lineage)
        missing: list[str] = []
        generator = Generator(self._origins, self._budget, folder_of(path), missing)
        resources = generator.generate(body, resources, lineage)
        for why in missing:
            self._built.tell(path, body.line, why)
        for chart in charts_of(body):
            resources += self._inflated(body, chart, path, lineage)
        for entry, line in _listed(body, "components"):
            found = self._found(path, entry, line)
            if found and not found[0]:
                raise BuildError(f"component {short(entry)} is no folder")
            if found:
                resources = self._accumulated(found[0], chain, lineage, resources)
        for key, why in NOT_BUILT.items():
            if body.get(key):
                self._built.tell(path, body.line_of(key), f"{key}: {why}")
        resources = self._changed(body, path, resources)
        self._define(body, path, resources)
        return resources

    def _inflated(
        self, body: Map, entry: Map, path: str, lineage: tuple[int, ...]
    ) -> list[Resource]:
        """The objects of a chart; where it is not rendered, that is told."""
        self._budget.spend(COST)
        folder = folder_of(path)
        place = place_of(body, entry, folder)
        why = self._charts.why_not(place, entry)
        if why:
            self._built.tell(path, entry.line, why)
            return []
        try:
            found = self._charts.rendered(entry, place, folder)
            objects = [*self._charts.objects(found, entry)]
        except BuildError:
            raise
        except ValueError as error:
            self._built.tell(path, entry.line, f"chart {short(place)}: {error}")
            return []
        for why in found.gaps:
            self._built.tell(path, entry.line, f"chart {short(place)}: {why}")
        if not folder or place.startswith(f"{folder}/"):
            self.reader.used |= dict.fromkeys(found.sources)
        return [Resource(each, lineage) for each in objects]

    def _define(self, body: Map, path: str, resources: list[Resource]) -> None:
        """Take the variables of a kustomization, of which each has one definition."""
        for each in body.maps("vars"):
            name = each.text("name")
            if name in self._variables:
                raise BuildError(f"the variable {short(name)} is defined twice")
            found = variable(each, resources)
            if found:
                self._variables[name] = found
            elif self._built.gaps:
                self._built.tell(path, each.line, f"the variable {short(name)} has no object")
            else:
                raise BuildError(f"the variable {short(name)} has no object")

    def _entry(
        self, path: str, entry: str, line: int, chain: tuple[str, ...], lineage: tuple[int, ...]
    ) -> list[Resource]:
        found = self._found(path, entry, line)
        if found is None:
            return []
        inner, file = found
        if inner:
            return self._accumulated(inner, chain, lineage, [])
        is_own = file.startswith(f"{folder_of(path)}/".lstrip("/"))
        objects = self.reader.manifest(file, is_own=is_own)
        return [Resource(self._budget.copied_map(each), lineage) for each in objects]

    def _found(self, path: str, entry: str, line: int) -> tuple[str, str] | None:
        """What an entry names; ``None`` where that is told because it lies elsewhere."""
        try:
            return self.reader.target(folder_of(path), entry)
        except BuildError as error:
            if is_remote(entry):
                self._built.tell(path, line, f"{short(entry)} lies elsewhere and is not fetched")
            else:
                self._built.tell(path, line, str(error))
            return None

    def _changed(self, body: Map, path: str, resources: list[Resource]) -> list[Resource]:
        steps: tuple[Callable[[], object], ...] = (
            lambda: changing.move(resources, body),
            lambda: changing.rename(resources, body),
            lambda: changing.label(resources, body, self._budget),
            lambda: changing.annotate(resources, body, self._budget),
        )
        for target, patch in self._patches(body, path, ("patchesStrategicMerge", "patches")):
            resources = self._patch(target, patch, resources, path)
        for step in steps:
            step()
        for target, patch in self._patches(body, path, ("patchesJson6902",)):
            resources = self._patch(target, patch, resources, path)
        changing.scale(resources, body)
        changing.reimage(resources, body, self._budget)
        for entry in self._replacements(body, path):
            replace(entry, resources, self._budget)
        return resources

    def _patches(
        self, body: Map, path: str, keys: tuple[str, ...]
    ) -> Iterator[tuple[Map | None, object]]:
        """Every patch with what it is for, where it says so beside the patch."""
        for key in keys:
            listed = body.items_of(key)
            for index, each in enumerate(listed):
                line = listed.line_of(index)
                if isinstance(each, str):
                    is_text = "\n" in each
                    found = self._inline(path, each, line) if is_text else self._file(path, each)
                    yield from ((None, patch) for patch in found)
                elif isinstance(each, Map):
                    target = each.map("target") or None
                    if each.text("path"):
                        found = self._file(path, each.text("path"))
                    else:
                        found = self._inline(path, each.get("patch"), each.line_of("patch"))
                    options = each.map("options")
                    if options.flag("allowNameChange") or options.flag("allowKindChange"):
                        self._built.tell(path, options.line, "options of a patch are not applied")
                    yield from ((target, patch) for patch in found)

    def _file(self, path: str, name: str) -> list[object]:
        return self.reader.patches(folder_of(path), name)

    def _inline(self, path: str, text: object, line: int) -> list[object]:
        return self.reader.inline(path, text, line) if isinstance(text, str) else []

    def _replacements(self, body: Map, path: str) -> Iterator[Map]:
        for each in body.maps("replacements"):
            if each.text("path"):
                for found in self._file(path, each.text("path")):
                    listed = found if isinstance(found, Items) else [found]
                    yield from (one for one in listed if isinstance(one, Map))
            else:
                yield each

    def _patch(
        self, target: Map | None, patch: object, resources: list[Resource], path: str
    ) -> list[Resource]:
        """The objects with a patch for some of them."""
        if isinstance(patch, Items):
            if target is None:
                raise BuildError("a JSON patch says not what it is for")
            for each in resources:
                if selects(target, each):
                    each.body = patched(each.body, patch, self._budget)
            return resources
        if not isinstance(patch, Map):
            raise BuildError("a patch is no mapping")
        if target is not None:
            chosen = [each for each in resources if selects(target, each)]
        else:
            chosen = self._meant(patch, resources, path)
        if any(not self._merged(each, patch) for each in chosen):
            return [each for each in resources if each.body]
        return resources

    def _meant(self, patch: Map, resources: list[Resource], path: str) -> list[Resource]:
        """The one object that a patch names."""
        metadata = patch.map("metadata")
        wanted = Id(patch.text("kind"), metadata.text("name"), metadata.text("namespace"))
        group = patch.text("apiVersion").rpartition("/")[0]
        found = [each for each in resources if each.is_called(group, wanted)]
        if len(found) != 1:
            why = f"a patch is for {short(wanted.kind)}/{short(wanted.name)}, of which there "
            why += "is none" if not found else f"are {len(found)}"
            if found or not self._built.gaps:
                raise BuildError(why)
            self._built.tell(path, patch.line, why)
        return found

    def _merged(self, each: Resource, patch: Map) -> bool:
        """Lay a patch over an object; false where it takes the object away."""
        plain = self._budget.copied_map(patch)
        for key in ("apiVersion", "kind"):
            drop(plain, key)
        for key in ("name", "namespace"):
            drop(plain.map("metadata"), key)
        done = Merge(self._budget, each.kind, is_of_core=each.is_of_core).laid(each.body, plain)
        each.body = done if isinstance(done, Map) else Map()
        return bool(each.body)


def _listed(body: Map, key: str) -> Iterator[tuple[str, int]]:
    """The texts of a list, each with its line."""
    listed = body.items_of(key)
    for index, each in enumerate(listed):
        if not isinstance(each, str):
            raise BuildError(f"{key} names what is no text, line {_shown(listed, index)}")
        yield each, listed.line_of(index)


def _shown(listed: Items, index: int) -> int:
    return line_in_file(listed.line_of(index))
