"""packages.config: the NuGet packages of a project of the .NET Framework.

Format: https://learn.microsoft.com/nuget/reference/packages-config
"""

from collections.abc import Iterator

from hullmark.model import File, Package, xml
from hullmark.unit import parser


@parser(
    id="packages-config",
    names=("packages.config", "packages.*.config"),
    declared=True,
    example=File(
        path="srv/packages.config",
        content=b"""<?xml version="1.0" encoding="utf-8"?>
<packages>
  <package id="Newtonsoft.Json" version="13.0.3" targetFramework="net48" />
  <package id="StyleCop.MSBuild" version="6.2.0" developmentDependency="true" />
</packages>
""",
    ),
    expect=("pkg:nuget/Newtonsoft.Json@13.0.3", "pkg:nuget/StyleCop.MSBuild@6.2.0"),
)
def packages_config(file: File) -> Iterator[Package]:
    """Yield every package; the file lists those that others need among those asked for."""
    for each in xml.root(file, "packages").every("package"):
        if name := each.attributes.get("id", "").strip():
            yield Package(
                type="nuget",
                name=name,
                version=each.attributes.get("version", "").strip(),
                path=file.path,
                declared=True,
                development=each.attributes.get("developmentDependency", "").lower() == "true",
            )
