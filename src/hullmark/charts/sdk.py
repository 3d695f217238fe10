"""Helm's own library, of the package ``helm-python-sdk``: the one module that knows it.

Importing it loads 80 MB of Go, whose threads survive no fork: nobody does so but a process that was
made for it. Nothing of it reads or writes files here: charts come as archives in memory.
"""

import json
from collections.abc import Mapping

import msgspec
from helm_python import _native
from helm_python.chart import Chart
from helm_python.errors import HelmError, HelmValuesError

from hullmark.charts.archive import archive
from hullmark.charts.faults import BadSet, HelmFault
from hullmark.charts.merging import over
from hullmark.charts.messages import ChartOptions, Output
from hullmark.charts.places import folder_of
from hullmark.model.kubernetes import NEWEST

NOTES = "NOTES.txt"


def warm() -> None:
    """Use everything once, since nothing can be imported or opened afterwards."""
    chart = {"Chart.yaml": b"apiVersion: v2\nname: warm\nversion: 1.0.0\n"}
    text = b"a: {{ now | date `2006` | quote }}"
    render({**chart, "templates/a.yaml": text}, ChartOptions(), NEWEST)


def render(files: Mapping[str, bytes], options: ChartOptions, minor: int) -> Output:
    """What a chart renders; raises ``HelmFault`` and ``BadSet``."""
    values = with_sets(msgspec.json.decode(options.values, type=dict[str, object]), options.sets)
    chart = Loaded(files)
    if chart.is_library:
        return Output(is_library=True)
    try:
        texts = chart.render(values, minor, options)
    except HelmFault as error:
        return Output(problem=str(error), missing=chart.missing())
    texts = {path: text for path, text in texts.items() if _is_manifest(path)}
    return Output(texts=texts, definitions=chart.definitions(), missing=chart.missing())


def _is_manifest(path: str) -> bool:
    """Whether Helm would hand it to a cluster, which does not read notes and partials."""
    name = path.rpartition("/")[2]
    return name != NOTES and not name.startswith("_")


class Loaded:
    """A chart with what is in its ``charts``; ``HelmFault`` where Helm finds it to be none."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        try:
            self._chart = Chart.load_archive(archive(files))
        except HelmError as error:
            raise HelmFault(str(error)) from error

    @property
    def is_library(self) -> bool:
        """Whether it only holds templates for others."""
        return self._chart.metadata.get("type") == "library"

    @property
    def name(self) -> str:
        """As its Chart.yaml says."""
        return self._chart.name

    def render(
        self, values: Mapping[str, object], minor: int, options: ChartOptions
    ) -> dict[str, str]:
        """What each template renders, partials aside, by its path below the chart's name.

        Afterwards ``missing`` and ``definitions`` know which charts the values disable.
        """
        asked = {
            "name": options.release,
            "namespace": options.namespace,
            "kube_version": options.kube_version or f"v1.{minor}.0",
            "api_versions": list(options.api_versions),
        }
        # Its public method passes on neither version.
        handle = self._chart._raw()  # noqa: SLF001 - as above
        try:
            answer = _native.call_string(
                "helm_render", handle, json.dumps(values), json.dumps(asked)
            )
        except HelmError as error:
            raise HelmFault(str(error)) from error
        rendered: dict[str, str] = json.loads(answer)
        return rendered

    def missing(self) -> list[tuple[str, str]]:
        """Charts that it asks for, that the values enable and that are not there.

        Each by its name, with the folder that is named as its repository, relative to the chart's.
        """
        there = {str(each.get("name")) for each in self._chart.dependencies}
        asked = self._chart.metadata.get("dependencies") or []
        return sorted(
            {
                (str(each.get("name")), folder_of(str(each.get("repository") or "")))
                for each in asked
                if str(each.get("alias") or each.get("name")) not in there
            }
        )

    def definitions(self) -> list[tuple[str, str]]:
        """Path below the chart's name and text of each file of ``crds``, its own and of others."""
        return [(each["filename"], each["data"]) for each in self._chart.crds]


def with_sets(values: Mapping[str, object], expressions: tuple[str, ...]) -> dict[str, object]:
    """Values, overridden by expressions of ``--set``; raises ``BadSet``."""
    done = dict(values)
    for each in expressions:
        try:
            done = over(done, json.loads(_native.call_string("helm_strvals_parse", each)))
        except HelmValuesError as error:
            raise BadSet(each, str(error)) from error
    return done
