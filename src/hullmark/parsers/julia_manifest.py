"""Manifest.toml: the exact packages of a Julia environment, formats 1 and 2.

Format: https://pkgdocs.julialang.org/v1/toml-files/
"""

from collections.abc import Iterator

from msgspec import Struct, field

from hullmark.model import File, Package, ParseError
from hullmark.model.by_name import related
from hullmark.model.repository import vcs_url
from hullmark.unit import parser

MARK = b"uuid"
"""Stands in the entry of every package: the name of the file is other tools' too."""

FORMAT = b"manifest_format"
"""Stands in a file of format 2 and later."""


class Entry(Struct):
    """One package; one that comes with Julia has no version in format 1, nor always in 2."""

    uuid: str
    version: str = ""
    deps: list[str] | dict[str, str] = []
    path: str = ""
    repository: str = field(name="repo-url", default="")
    revision: str = field(name="repo-rev", default="")


class Manifest(Struct):
    """A whole file of format 2; of format 1 there are only the ``deps``."""

    julia_version: str = ""
    deps: dict[str, list[Entry]] = {}


class Project(Struct):
    """What the project itself asks for: UUIDs by name."""

    deps: dict[str, str] = {}


@parser(
    id="julia-manifest",
    names=("Manifest.toml", "JuliaManifest.toml"),
    beside=("Project.toml", "JuliaProject.toml"),
    declared=True,
    example=File(
        path="srv/Manifest.toml",
        content=b"""\
julia_version = "1.10.2"
manifest_format = "2.0"

[[deps.Dates]]
uuid = "ade2ca70-3891-5945-98fb-dc099432e06a"

[[deps.Oak]]
deps = ["Dates"]
git-tree-sha1 = "4c2a6b1f0c9d4c2a6b1f0c9d4c2a6b1f0c9d4c2a"
uuid = "00000000-0000-4000-8000-000000000001"
version = "2.1.0"
""",
        beside={
            "Project.toml": File(
                path="srv/Project.toml",
                content=b'[deps]\nOak = "00000000-0000-4000-8000-000000000001"\n',
            )
        },
    ),
    expect=(
        "pkg:julia/Dates@1.10.2?uuid=ade2ca70-3891-5945-98fb-dc099432e06a",
        "pkg:julia/Oak@2.1.0?uuid=00000000-0000-4000-8000-000000000001",
    ),
)
def julia_manifest(file: File) -> Iterator[Package]:
    """Yield every package, not those in local folders; of Julia's own the version is Julia's.

    What Project.toml asks for is direct. A file that is not Julia's yields nothing.
    """
    if MARK not in file.data:
        return
    if FORMAT in file.data:
        manifest = file.toml(Manifest)
    else:
        manifest = Manifest(deps=file.toml(dict[str, list[Entry]]))
    asked, why = _asked(file)
    by_name = {name: entries[0].uuid for name, entries in manifest.deps.items() if entries}
    found: dict[str, Package] = {}
    needs: dict[str, list[str]] = {}
    for name, entries in manifest.deps.items():
        for each in entries:
            if each.path:
                continue
            found[each.uuid] = Package(
                type="julia",
                name=name,
                version=each.version or manifest.julia_version,
                qualifiers={"uuid": each.uuid, **vcs_url(each.repository, each.revision)},
                path=file.path,
                declared=True,
                direct=None if asked is None else each.uuid in asked,
            )
            deps = each.deps
            needs[each.uuid] = (
                list(deps.values())
                if isinstance(deps, dict)
                else [by_name[dep] for dep in deps if dep in by_name]
            )
    yield from related(found, needs)
    if why:
        raise ParseError(file.path, why)


def _asked(file: File) -> tuple[set[str] | None, str]:
    """UUIDs of what the project asks for, none if no file tells; and why one cannot be read."""
    project = file.near("JuliaProject.toml" if file.name.startswith("Julia") else "Project.toml")
    if project is None:
        return None, ""
    try:
        return set(project.toml(Project).deps.values()), ""
    except ParseError as error:
        return None, f"{project.name} beside it is {error.why}"
