"""Charts that kustomizations ask for, rendered for the worker that builds those."""

import os
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet

from hullmark.charts import ChartOptions, Renderer, Request, Unrendered
from hullmark.charts.places import ARCHIVES
from hullmark.model.inflation import Inflated, Inflation
from hullmark.scan.chart_files import (
    CHART,
    MAX_WAITING_BYTES,
    PARTS,
    Asked,
    Gathered,
    gathered,
    is_template,
    linked,
    origin_of,
    shortfalls,
)
from hullmark.scan.skip import Skip
from hullmark.unit import OpenTree

LEFT_OUT = "templates that are left out by the user are not judged"


class Inflating:
    """The charts in these folders, whose files are gathered in one walk when one is asked for."""

    def __init__(
        self,
        tree: OpenTree,
        folders: Iterable[str],
        renderer: Renderer,
        *,
        kubernetes: int,
        skip: Skip,
    ) -> None:
        self._tree = tree
        self._folders = sorted({*folders})
        self._renderer = renderer
        self._kubernetes = kubernetes
        self._skip = skip
        self._gathered: dict[str, Gathered] | None = None

    def inflated(self, wanted: Inflation) -> Inflated:
        """What a chart renders as a kustomization asks for it; raises ``Unrendered``."""
        chart = self._charts().get(wanted.folder)
        if chart is None:
            raise Unrendered("not rendered: no Chart.yaml is scanned there")
        if chart.problem:
            raise Unrendered(f"not rendered: {chart.problem}")
        options = ChartOptions(
            values=wanted.values,
            api_versions=wanted.api_versions,
            kube_version=wanted.kube_version,
            release=wanted.release,
            namespace=wanted.namespace,
            crds=wanted.crds,
        )
        request = Request(files=chart.files, options=options, kubernetes=self._kubernetes)
        answer = self._renderer.render(request)
        if answer.problem:
            raise Unrendered(answer.problem)
        hidden = {*answer.hidden}
        texts = [(origin_of(chart, each.path), each.text, each.lines) for each in answer.rendered]
        shown = [each for each in texts if not self._skip.hides(each[0])]
        return Inflated(
            texts=shown,
            sources=[
                *(place for path, place in chart.origin.items() if _is_judged(path, hidden)),
                *(place for place, _, _ in shown),
            ],
            gaps=[*shortfalls(chart, answer), *([LEFT_OUT] if len(shown) < len(texts) else ())],
        )

    def _charts(self) -> dict[str, Gathered]:
        if self._gathered is None:
            asked = [
                Asked(folder=each, also=linked(self._tree, each, PARTS)) for each in self._folders
            ]
            self._gathered, held = {}, 0
            for each in gathered(self._tree, asked):
                held += each.size
                if held > MAX_WAITING_BYTES:
                    each.problem = f"more than {MAX_WAITING_BYTES} bytes of charts at once"
                    each.files.clear()
                self._gathered[each.asked.folder] = each
        return self._gathered


Ready = Callable[[OpenTree, Iterable[str]], Inflating]
"""Whatever makes ready to render the charts in these folders of a tree."""


def _is_judged(path: str, hidden: AbstractSet[str]) -> bool:
    """Whether a chart's file is judged as what it renders."""
    is_source = is_template(path) is not None or path.endswith(ARCHIVES)
    return path == CHART or (is_source and path not in hidden)


def in_memory(text: bytes) -> int:
    """A descriptor of a file that is on no disk."""
    fd = os.memfd_create("rendered", os.MFD_CLOEXEC)
    with os.fdopen(fd, "wb", closefd=False) as file:
        file.write(text)
    return fd
