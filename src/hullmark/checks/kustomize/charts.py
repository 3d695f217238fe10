"""Charts that a kustomization asks for (``helmCharts``), as ``helm template`` renders them.

Reference: https://github.com/kubernetes-sigs/kustomize/blob/master/examples/chart.md and
https://kubectl.docs.kubernetes.io/references/kustomize/builtins/#_helmchartinflationgenerator_
"""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import json

from hullmark.checks.kustomize.reading import Reader, objects_of
from hullmark.checks.kustomize.values import Budget
from hullmark.checks.origins import BuildError, below, folder_of, short
from hullmark.model.documents import DocumentError
from hullmark.model.inflation import Inflate, Inflated, Inflation
from hullmark.model.later import regex
from hullmark.model.manifest import MAX_MANIFEST_BYTES
from hullmark.model.placed import Block, Items, Map, documents, of_kubernetes

KEY = "helmCharts"
HOME = "charts"
"""Where charts lie, if ``helmGlobals.chartHome`` says nothing else."""

UNNAMED = "release-name"
"""What ``helm template`` calls a release whose name it is to make up."""

NAMESPACE = "default"
"""Of a release of which nobody says another."""

HOOK = "helm.sh/hook"
TESTS = frozenset(("test", "test-success"))
OVERRIDE, MERGE, REPLACE = "override", "merge", "replace"
"""``valuesMerge``: whether ``valuesInline`` or the file wins, or the file does not count."""

_is_release = regex(
    r"(?=.{1,53}\Z)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*\Z"
).match


def not_rendered(_: Inflation) -> Inflated:
    """Who renders where nobody does."""
    raise BuildError("charts are not rendered here")


def charts_of(body: Map) -> list[Map]:
    """The entries of a kustomization that ask for charts. Raises ``BuildError``."""
    listed, found = body.get(KEY), body.maps(KEY)
    if listed is not None and (not isinstance(listed, Items) or len(found) < len(listed)):
        raise BuildError(f"{KEY} holds what asks for no chart")
    return found


def place_of(body: Map, entry: Map, folder: str) -> str:
    """The folder of the chart that an entry names, seen from the kustomization's folder.

    What kustomize has pulled lies in a folder of its version. Raises ``BuildError``.
    """
    name = entry.text("name")
    if not name:
        raise BuildError("a chart has no name")
    home = body.map("helmGlobals").text("chartHome") or HOME
    version = entry.text("version")
    pulled = f"/{name}-{version}" if version and entry.text("repo") else ""
    return below(folder, f"{home}{pulled}/{name}")


class Charts:
    """Renders the charts of one kustomization's entries; ``reader`` and ``budget`` are its own."""

    def __init__(self, reader: Reader, budget: Budget, inflate: Inflate) -> None:
        self._reader = reader
        self._budget = budget
        self._inflate = inflate

    def why_not(self, place: str, entry: Map) -> str:
        """Why there is no chart in a folder; empty where there is one."""
        why = self._reader.origins.why_not(f"{place}/Chart.yaml")
        if why and entry.text("repo"):
            return f"chart {short(entry.text('name'))} lies elsewhere and is not fetched"
        return why and f"chart {short(place)} {why}"

    def rendered(self, entry: Map, place: str, folder: str) -> Inflated:
        """What a chart renders. Raises ``BuildError``; ``ValueError`` where it does not render."""
        release, template = entry.text("releaseName"), entry.text("nameTemplate")
        if release and template:
            raise BuildError(f"the release {short(release)} has a template of its name, too")
        release = release or (template if "{{" not in template else "") or UNNAMED
        if not _is_release(release):
            raise BuildError(f"{short(release)} is no name of a release")
        return self._inflate(
            Inflation(
                folder=place,
                release=release,
                namespace=entry.text("namespace") or NAMESPACE,
                values=json.encode(self._values(entry, place, folder)),
                api_versions=tuple(entry.texts("apiVersions")),
                kube_version=entry.text("kubeVersion"),
                crds=entry.flag("includeCRDs") is True,
            )
        )

    def objects(self, found: Inflated, entry: Map) -> Iterator[Map]:
        """Its objects, with lines of the templates; without hooks where those are not asked for.

        Raises ``BuildError``; ``ValueError`` for what is no YAML.
        """
        for path, data, lines in found.texts:
            if len(data) > MAX_MANIFEST_BYTES:
                why = f"renders more than the {MAX_MANIFEST_BYTES} bytes read"
                raise BuildError(f"{short(path)} {why}")
            first = self._reader.origins.first(path)
            try:
                for each in documents(data, of_kubernetes):
                    for one in () if each is None else objects_of(path, each):
                        if not _is_left_out(one, entry):
                            copy = self._budget.copied_map(one)
                            _lead(copy, first, lines)
                            yield copy
            except DocumentError as error:
                raise ValueError(f"{short(path)} renders what is no YAML") from error

    def _values(self, entry: Map, place: str, folder: str) -> Mapping[str, object]:
        """What overrides the chart's own values; files of it lie in the kustomization's folder."""
        how = entry.text("valuesMerge") or OVERRIDE
        if how not in (OVERRIDE, MERGE, REPLACE):
            raise BuildError(f"valuesMerge is {short(how)}")
        named = entry.text("valuesFile")
        inline = _plain(self._budget.copied_map(entry.map("valuesInline")))
        if inline and how == REPLACE:
            values = inline
        else:
            values = self._file(below(folder, named) if named else f"{place}/values.yaml", folder)
        if inline and how == OVERRIDE:
            values = _laid(inline, values, removes=True)
        elif inline and how == MERGE:
            values = _laid(values, inline, removes=True)
        for each in entry.texts("additionalValuesFiles"):
            values = _laid(self._file(below(folder, each), folder), values, removes=False)
        return values

    def _file(self, path: str, folder: str) -> dict[str, Any]:
        if folder and not path.startswith(f"{folder}/"):
            raise BuildError(f"{short(path)} is not below the folder of its kustomization")
        found = self._reader.patches("", path)
        if not found:
            return {}
        if len(found) > 1 or not isinstance(found[0], Map):
            raise BuildError(f"{short(path)} holds no values")
        return _plain(self._budget.copied_map(found[0]))


def _laid(own: Mapping[str, Any], base: Mapping[str, Any], *, removes: bool) -> dict[str, Any]:
    """Values over others; a null ``removes`` what is below it, or stands there itself.

    Where it does, it is kustomize that lays them, which refuses values of two kinds.
    """
    done = dict(base)
    for key, value in own.items():
        under = done.get(key)
        if value is None and removes:
            done.pop(key, None)
        elif removes and under is not None and _kind(value) is not _kind(under):
            raise BuildError(f"values of two kinds are at {short(key)}")
        elif isinstance(value, dict) and (removes or isinstance(under, dict)):
            done[key] = _laid(value, under if isinstance(under, dict) else {}, removes=removes)
        else:
            done[key] = value
    return done


def _kind(value: object) -> type:
    return type(value) if isinstance(value, dict | list) else str


def _plain(value: Map) -> dict[str, Any]:
    """Values as JSON has them."""
    return {key: _plain_value(each) for key, each in value.items()}


def _plain_value(value: object) -> object:
    if isinstance(value, Map):
        return _plain(value)
    if isinstance(value, Items):
        return [_plain_value(each) for each in value]
    return str(value) if isinstance(value, str) else value


def _is_left_out(found: Map, entry: Map) -> bool:
    """Whether an object is a hook, or a test, and the entry wants none."""
    events = found.map("metadata").map("annotations").text(HOOK)
    if not events:
        return False
    is_test = not TESTS.isdisjoint(each.strip().lower() for each in events.split(","))
    return entry.flag("skipHooks") is True or (is_test and entry.flag("skipTests") is True)


def _lead(value: object, first: int, lines: list[int]) -> None:
    """Have lines lead to the template; where its line is not known, to no line of it.

    Texts of blocks are then as others: what is rendered has other lines than its template.
    """

    def led(line: int) -> int:
        return first + (lines[line - 1] if 0 < line <= len(lines) else 0)

    if isinstance(value, Map):
        value.line, value.lines = led(value.line), {key: led(n) for key, n in value.lines.items()}
        for key, each in value.items():
            value[key] = str(each) if isinstance(each, Block) else each
            _lead(each, first, lines)
    elif isinstance(value, Items):
        value.line, value.lines = led(value.line), [led(n) for n in value.lines]
        for index, each in enumerate(value):
            value[index] = str(each) if isinstance(each, Block) else each
            _lead(each, first, lines)


def folders(body: Map, path: str) -> Iterator[str]:
    """Folders of all charts that a kustomization names, as far as they lie below the root."""
    for entry in body.maps(KEY):
        try:
            yield place_of(body, entry, folder_of(path))
        except BuildError:
            continue  # told when it is built
