"""What the engine and the process that renders charts say to each other.

The process says ``Hello`` first, then an ``Answer`` to each ``Request``, in MessagePack.
"""

from msgspec import Struct

MAX_REQUEST_BYTES = 64 * 1024 * 1024
"""All files of a chart, whose bounds are lower, and the values of the user."""

MAX_ANSWER_BYTES = 64 * 1024 * 1024
"""What a chart renders, and its lines; charts of whole platforms render 3 MB."""

RELEASE = "release-name"
"""What ``helm template`` takes where nobody says otherwise."""

NAMESPACE = "release-namespace"
"""Which it is, whoever installs a chart says: templates that name it do not name ``default``."""


class ChartOptions(Struct, frozen=True, kw_only=True):
    """How charts are rendered: as ``helm template`` does with these options.

    ``values`` is an object of JSON that overrides the values of charts, ``sets`` are expressions
    of ``--set`` that override both. ``api_versions`` are those that a cluster is said to have,
    ``kube_version`` its version instead of the request's. ``crds`` says whether files of ``crds``
    are rendered; ``None`` is for those alone that do not lie in the tree as they are.
    """

    values: bytes = b"{}"
    sets: tuple[str, ...] = ()
    api_versions: tuple[str, ...] = ()
    kube_version: str = ""
    release: str = RELEASE
    namespace: str = NAMESPACE
    crds: bool | None = None


class Request(Struct, frozen=True, kw_only=True):
    """One chart: its files by their paths below its folder, and the cluster's minor release."""

    files: dict[str, bytes]
    options: ChartOptions
    kubernetes: int


class Hello(Struct, frozen=True, kw_only=True):
    """What the jail holds, as ``lock`` tells it; ``problem`` says why no chart can be rendered."""

    held: str = ""
    problem: str = ""


class Rendered(Struct, frozen=True, array_like=True):
    """What one template renders. ``path`` is the template's, below the chart's folder.

    Inside an archive that is ``charts/redis-1.0.0.tgz!/redis/templates/a.yaml``. ``lines`` are the
    lines of the template from which those of the text come, 0 where that cannot be told; there are
    none where no line can.
    """

    path: str
    text: bytes
    lines: list[int]


class Output(Struct, frozen=True, kw_only=True):
    """What Helm made of a chart, whichever Helm it was: texts by Helm's paths of templates.

    ``definitions`` are paths and texts of files of ``crds``; ``missing`` and ``problem`` are those
    of ``Answer``. Of a chart that ``is_library`` there is nothing.
    """

    texts: dict[str, str] = {}
    definitions: list[tuple[str, str]] = []
    missing: list[tuple[str, str]] = []
    problem: str = ""
    is_library: bool = False


class Answer(Struct, frozen=True, kw_only=True):
    """What became of a chart.

    ``missing`` are charts that it asks for and that are not there, each with the folder in which it
    lies, as this chart says, relative to its own; empty where it says none. ``problem`` is why
    nothing was rendered, ``misuse`` an option of the user and what is wrong with it. ``hidden`` are
    files that ``.helmignore`` keeps from Helm.
    """

    rendered: list[Rendered] = []
    missing: list[tuple[str, str]] = []
    hidden: list[str] = []
    problem: str = ""
    misuse: tuple[str, str] = ("", "")
