"""A chart that a kustomization asks for, and what it renders: said between workers and who renders.

The name is that of kustomize's ``HelmChartInflationGenerator``.
"""

from collections.abc import Callable

from msgspec import Struct


class Inflation(Struct, frozen=True, kw_only=True):
    """A chart by its folder in the tree, and how it is rendered.

    ``values`` is an object of JSON that overrides the chart's own, ``kube_version`` empty where the
    kustomization names none. ``crds`` asks for what lies in the chart's folders of that name.
    """

    folder: str
    release: str
    namespace: str
    values: bytes
    api_versions: tuple[str, ...] = ()
    kube_version: str = ""
    crds: bool = False


class Inflated(Struct, frozen=True, kw_only=True):
    """What a chart renders: ``texts`` are paths of templates in the tree, texts and their lines.

    The lines are those of the template from which each line of the text comes, 0 where that cannot
    be told, and none where no line can. ``sources`` are files that are judged by it, ``gaps`` what
    is not there.
    """

    texts: list[tuple[str, bytes, list[int]]]
    sources: list[str] = []
    gaps: list[str] = []


Inflate = Callable[[Inflation], Inflated]
"""Whatever renders; it raises ``ValueError`` with why it does not."""
