"""Directory.Packages.props: the versions of NuGet packages, managed in one place.

Format: https://learn.microsoft.com/nuget/consume-packages/central-package-management
"""

from collections.abc import Iterator

from hullmark.model import File, Package
from hullmark.model.msbuild import project
from hullmark.model.nuget import lowest
from hullmark.unit import parser


@parser(
    id="directory-packages",
    names=("*Packages.props", "*packages.props"),
    declared=True,
    example=File(
        path="srv/Directory.Packages.props",
        content=b"""<Project>
  <PropertyGroup><SerilogVersion>4.0.1</SerilogVersion></PropertyGroup>
  <ItemGroup>
    <PackageVersion Include="Serilog" Version="$(SerilogVersion)" />
    <PackageVersion Include="Npgsql" Version="[8.0.3]" />
    <GlobalPackageReference Include="Nerdbank.GitVersioning" Version="3.6.133" />
  </ItemGroup>
</Project>
""",
    ),
    expect=(
        "pkg:nuget/Serilog@4.0.1",
        "pkg:nuget/Npgsql@8.0.3",
        "pkg:nuget/Nerdbank.GitVersioning@3.6.133",
    ),
)
def directory_packages(file: File) -> Iterator[Package]:
    """Yield every package that has a version here, whether or not a project asks for it.

    What all projects are given helps to build them. The Packages.props of older builds, whose
    items update references, are read too.
    """
    found = project(file, "PackageVersion", "GlobalPackageReference", "PackageReference")
    for item in found.items:
        given = item.kind == "GlobalPackageReference"
        yield Package(
            type="nuget",
            name=item.name,
            version=lowest(item.settings.get("version", "")),
            path=file.path,
            declared=True,
            direct=True if given else None,
            development=given,
        )
    found.complain(file)
