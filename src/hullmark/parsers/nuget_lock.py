"""packages.lock.json: the exact NuGet packages of a project, versions 1 and 2.

Format: https://learn.microsoft.com/nuget/consume-packages/package-references-in-project-files
"""

from collections.abc import Iterator

from msgspec import Struct

from hullmark.model import File, Package
from hullmark.model.nuget import merged
from hullmark.model.purl import purl
from hullmark.unit import parser


class Locked(Struct, frozen=True):
    """One package in one framework; ``type`` is Direct, Transitive, CentralTransitive or Project.

    A project has no ``resolved`` version.
    """

    type: str
    resolved: str = ""
    dependencies: dict[str, str] = {}


class Lock(Struct, frozen=True):
    """By framework, with or without a platform, then by package."""

    dependencies: dict[str, dict[str, Locked]]


@parser(
    id="nuget-lock",
    names=("packages.lock.json", "packages.*.lock.json"),
    declared=True,
    example=File(
        path="srv/packages.lock.json",
        content=b"""{
  "version": 1,
  "dependencies": {"net8.0": {
    "Serilog": {"type": "Direct", "requested": "[4.0.1, )", "resolved": "4.0.1",
                "contentHash": "a=", "dependencies": {"System.Text.Json": "8.0.4"}},
    "System.Text.Json": {"type": "Transitive", "resolved": "8.0.5", "contentHash": "b="},
    "shop.core": {"type": "Project", "dependencies": {"Serilog": "[4.0.1, )"}}}}
}""",
    ),
    expect=("pkg:nuget/Serilog@4.0.1", "pkg:nuget/System.Text.Json@8.0.5"),
)
def nuget_lock(file: File) -> Iterator[Package]:
    """Yield every package once, whichever frameworks need it; projects are left out."""
    yield from merged(_locked(file))


def _locked(file: File) -> Iterator[Package]:
    for framework in file.json(Lock).dependencies.values():
        purls = {
            name.lower(): purl("nuget", name, each.resolved)
            for name, each in framework.items()
            if each.resolved
        }
        for name, each in framework.items():
            if each.resolved:
                needs = map(str.lower, each.dependencies)
                yield Package(
                    type="nuget",
                    name=name,
                    version=each.resolved,
                    path=file.path,
                    declared=True,
                    direct=each.type == "Direct",
                    requires=tuple(purls[need] for need in needs if need in purls),
                )
