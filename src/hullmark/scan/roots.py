"""Files that only others make whole, found while a tree is walked: each is one fact.

Kustomizations are known by their names, projects of compose by what their text may say.
"""

from collections.abc import Iterator, Mapping

from hullmark.checks.compose_file import MAX_COMPOSE_BYTES
from hullmark.checks.compose_project import BASES, ENV, OVERRIDES
from hullmark.checks.kustomize.reading import NAMES
from hullmark.model import File
from hullmark.model.spotted import Root
from hullmark.scan.config_files import SYSTEMS
from hullmark.unit import Parser

VERSION = 1


def _kustomization(file: File) -> Iterator[Root]:
    yield Root(path=file.path, system="kustomize")


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
