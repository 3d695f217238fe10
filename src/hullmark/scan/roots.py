"""Files that only others make whole, found while a tree is walked: each is one fact.

Kustomizations are known by their names, projects of compose by what their text may say.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress

from hullmark.checks.compose_file import MAX_COMPOSE_BYTES
from hullmark.checks.compose_project import BASES, ENV, OVERRIDES
from hullmark.checks.kustomize.charts import KEY, folders
from hullmark.checks.kustomize.reading import MAX_KUSTOMIZATION_BYTES, NAMES
from hullmark.model import File
from hullmark.model.documents import DocumentError
from hullmark.model.placed import Map, documents, of_kubernetes
from hullmark.model.spotted import Root
from hullmark.scan.config_files import SYSTEMS
from hullmark.unit import Parser

VERSION = 2


def _kustomization(file: File) -> Iterator[Root]:
    data = file.read(0, MAX_KUSTOMIZATION_BYTES)
    charts: tuple[str, ...] = ()
    if KEY.encode() in data:
        with suppress(DocumentError):  # told when it is built
            found = [each for each in documents(data, of_kubernetes) if isinstance(each, Map)]
            charts = tuple(folder for each in found for folder in folders(each, file.path))
    yield Root(path=file.path, system="kustomize", charts=charts)


def _project(file: File) -> Iterator[Root]:
    data = file.read(0, MAX_COMPOSE_BYTES)
    has_override = file.name in BASES and any(file.near(each) for each in OVERRIDES)
    has_values = file.near(ENV) is not None and b"$" in data
    if has_override or has_values or b"include" in data or b"extends" in data:
        yield Root(path=file.path, system="compose")


ROOTS: Mapping[str, Parser] = {
    "kustomization": Parser(
        id="kustomization",
        names=NAMES,
        magic=(),
        beside=(),
        declared=True,
        version=VERSION,
        about="Kustomizations.",
        example=File(path=NAMES[0], content=b""),
        expect=(),
        parse=_kustomization,
    ),
    "compose-project": Parser(
        id="compose-project",
        names=next(each.names for each in SYSTEMS if each.id == "compose"),
        magic=(),
        beside=(ENV, *OVERRIDES),
        declared=True,
        version=VERSION,
        about="Files of compose that others belong to.",
        example=File(path=BASES[0], content=b""),
        expect=(),
        parse=_project,
    ),
}
