"""dub.selections.json: the exact packages of a D project.

Format: https://dub.pm/dub-guide/selections/
"""

from collections.abc import Iterator

from msgspec import Struct

from hullmark.model import File, Package
from hullmark.model.repository import vcs_url
from hullmark.unit import parser


class Place(Struct):
    """A package that is not the registry's: in a repository at a commit, or in a folder."""

    version: str = ""
    repository: str = ""
    path: str = ""


class Selections(Struct):
    """A whole file."""

    versions: dict[str, str | Place]


@parser(
    id="dub-selections",
    names=("dub.selections.json",),
    declared=True,
    example=File(
        path="srv/dub.selections.json",
        content=b"""\
{"fileVersion": 1, "versions": {
  "elm": {"version": "4c2a6b1f0c9d", "repository": "git+https://code.example/elm.git"},
  "leaf": {"path": "../leaf"},
  "oak": "2.1.0"
}}
""",
    ),
    expect=(
        "pkg:generic/elm?vcs_url=git%2Bhttps://code.example/elm.git%404c2a6b1f0c9d",
        "pkg:generic/oak@2.1.0",
    ),
)
def dub_selections(file: File) -> Iterator[Package]:
    """Yield every package of the registry or a repository, not those in local folders."""
    for name, chosen in file.json(Selections).versions.items():
        if isinstance(chosen, str):
            yield _package(file.path, name, chosen, {})
        elif chosen.repository:
            yield _package(file.path, name, "", vcs_url(chosen.repository, chosen.version))
        elif not chosen.path:
            yield _package(file.path, name, chosen.version, {})


def _package(path: str, name: str, version: str, origin: dict[str, str]) -> Package:
    return Package(
        type="generic", name=name, version=version, qualifiers=origin, path=path, declared=True
    )
