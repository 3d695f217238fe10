"""Projects of C#, F# and Visual Basic: the NuGet packages that they ask for.

Format: https://learn.microsoft.com/nuget/consume-packages/package-references-in-project-files
"""

from collections.abc import Iterator

from hullmark.model import File, Package, ParseError
from hullmark.model.msbuild import Item, project
from hullmark.model.nuget import lowest, only_builds
from hullmark.unit import parser

CENTRAL = "Directory.Packages.props"
_KINDS = ("PackageReference", "DotNetCliToolReference", "PackageVersion")


@parser(
    id="csproj",
    names=("*.csproj", "*.fsproj", "*.vbproj", "Directory.Build.props", "Directory.Build.targets"),
    beside=(CENTRAL,),
    declared=True,
    example=File(
        path="srv/Shop.csproj",
        content=b"""<Project Sdk="Microsoft.NET.Sdk.Web">
  <PropertyGroup><SerilogVersion>4.0.1</SerilogVersion></PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Serilog" Version="$(SerilogVersion)" />
    <PackageReference Include="Npgsql" />
    <PackageReference Include="Roslynator" Version="[4.1.0, 5.0)">
      <PrivateAssets>all</PrivateAssets>
      <IncludeAssets>runtime; build; native; contentfiles; analyzers</IncludeAssets>
    </PackageReference>
    <PackageReference Include="Polly" Version="8.*" />
  </ItemGroup>
</Project>
""",
        beside={
            CENTRAL: File(
                path=f"srv/{CENTRAL}",
                content=b"""<Project><ItemGroup>
  <PackageVersion Include="Npgsql" Version="8.0.3" />
</ItemGroup></Project>
""",
            )
        },
    ),
    expect=(
        "pkg:nuget/Serilog@4.0.1",
        "pkg:nuget/Npgsql@8.0.3",
        "pkg:nuget/Roslynator@4.1.0",
        "pkg:nuget/Polly",
    ),
)
def csproj(file: File) -> Iterator[Package]:
    """Yield every package that is asked for, whatever the conditions.

    A version is the lowest of those allowed, as NuGet resolves it; one that floats or is managed
    in another folder is left out. References kept from users and compiler only help to build.
    """
    found = project(file, *_KINDS)
    updates = {item.name.lower(): _version(item) for item in found.items if item.update}
    problem = None
    managed: dict[str, str] = found.versions()
    if central := file.near(CENTRAL):
        try:
            managed = project(central, "PackageVersion").versions() | managed
        except ParseError as error:
            problem = ParseError(file.path, f"{CENTRAL} beside it: {error.why}")
    for item in found.items:
        if not item.update and item.kind != "PackageVersion":
            name = item.name.lower()
            version = _version(item) or updates.get(name) or managed.get(name, "")
            yield _package(file, item, lowest(version))
    if problem:
        raise problem
    found.complain(file)


def _version(item: Item) -> str:
    return item.settings.get("versionoverride") or item.settings.get("version", "")


def _package(file: File, item: Item, version: str) -> Package:
    private, include = (item.settings.get(f"{key}assets", "") for key in ("private", "include"))
    return Package(
        type="nuget",
        name=item.name,
        version=version,
        path=file.path,
        declared=True,
        direct=True,
        development=item.kind == "DotNetCliToolReference" or only_builds(private, include),
    )
