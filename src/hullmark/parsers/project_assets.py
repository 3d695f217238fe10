"""project.assets.json: what NuGet resolved for a project, written when it is restored.

Format: https://learn.microsoft.com/nuget/consume-packages/package-references-in-project-files
"""

from collections.abc import Iterator

from msgspec import Struct, field

from hullmark.model import File, Package
from hullmark.model.nuget import merged, only_builds
from hullmark.model.purl import purl
from hullmark.unit import parser


class Resolved(Struct, frozen=True):
    """One library of one framework; ``type`` is package or project."""

    type: str = ""
    dependencies: dict[str, str] = {}


class Asked(Struct, frozen=True):
    """One package that the project asks for."""

    include: str = ""
    private: str = field(default="", name="suppressParent")


class Framework(Struct, frozen=True):
    """What the project asks for in one framework."""

    dependencies: dict[str, Asked] = {}


class Project(Struct, frozen=True):
    """The project, by framework."""

    frameworks: dict[str, Framework] = {}


class Assets(Struct, frozen=True):
    """By framework, with or without a platform, then by ``name/version``."""

    targets: dict[str, dict[str, Resolved]]
    project: Project = Project()


@parser(
    id="project-assets",
    names=("project.assets.json",),
    declared=True,
    example=File(
        path="srv/obj/project.assets.json",
        content=b"""{
  "version": 3,
  "targets": {"net8.0": {
    "Serilog/4.0.1": {"type": "package", "dependencies": {"System.Text.Json": "8.0.4"}},
    "Roslynator/4.1.0": {"type": "package"},
    "System.Text.Json/8.0.5": {"type": "package"},
    "Shop.Core/1.0.0": {"type": "project", "dependencies": {"Serilog": "4.0.1"}}}},
  "project": {"frameworks": {"net8.0": {"dependencies": {
    "Serilog": {"target": "Package", "version": "[4.0.1, )"},
    "Roslynator": {"target": "Package", "version": "[4.1.0, )", "suppressParent": "All",
                   "include": "Runtime, Build, Native, ContentFiles, Analyzers"}}}}}
}""",
    ),
    expect=(
        "pkg:nuget/Serilog@4.0.1",
        "pkg:nuget/Roslynator@4.1.0",
        "pkg:nuget/System.Text.Json@8.0.5",
    ),
)
def project_assets(file: File) -> Iterator[Package]:
    """Yield every package once, whichever frameworks need it; projects are left out.

    What is kept from whoever uses the project, and from its compiler, only helps to build it.
    """
    yield from merged(_resolved(file))


def _resolved(file: File) -> Iterator[Package]:
    assets = file.json(Assets)
    asked = {
        name.lower(): each
        for framework in assets.project.frameworks.values()
        for name, each in framework.dependencies.items()
    }
    for target in assets.targets.values():
        found = {key: key.partition("/") for key, each in target.items() if each.type == "package"}
        purls = {name.lower(): purl("nuget", name, version) for name, _, version in found.values()}
        for key, (name, _, version) in found.items():
            needs = map(str.lower, target[key].dependencies)
            ask = asked.get(name.lower())
            yield Package(
                type="nuget",
                name=name,
                version=version,
                path=file.path,
                declared=True,
                direct=ask is not None,
                development=ask is not None and only_builds(ask.private, ask.include),
                requires=tuple(purls[need] for need in needs if need in purls),
            )
