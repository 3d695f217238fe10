"""The deps.json of a .NET application: the libraries that were published with it.

Format: https://github.com/dotnet/sdk/blob/main/documentation/specs/runtime-configuration-file.md
"""

from collections.abc import Iterator

from hullmark.model import File, Package, dotnet
from hullmark.unit import parser


@parser(
    id="dotnet-deps",
    names=("*.deps.json",),
    example=File(
        path="app/Shop.deps.json",
        content=b"""{
  "runtimeTarget": {"name": ".NETCoreApp,Version=v8.0", "signature": ""},
  "targets": {".NETCoreApp,Version=v8.0": {
    "Shop/1.0.0": {"dependencies": {"Serilog": "4.0.1", "Roslynator": "4.1.0"},
                   "runtime": {"Shop.dll": {}}},
    "Serilog/4.0.1": {"dependencies": {"System.Text.Json": "8.0.5"},
                      "runtime": {"lib/net8.0/Serilog.dll": {"assemblyVersion": "4.0.0.0"}}},
    "Roslynator/4.1.0": {},
    "System.Text.Json/8.0.5": {"runtime": {"lib/net8.0/System.Text.Json.dll": {}}}}},
  "libraries": {
    "Shop/1.0.0": {"type": "project", "serviceable": false, "sha512": ""},
    "Serilog/4.0.1": {"type": "package", "serviceable": true, "sha512": "sha512-1"},
    "Roslynator/4.1.0": {"type": "package", "serviceable": true, "sha512": "sha512-2"},
    "System.Text.Json/8.0.5": {"type": "package", "serviceable": true, "sha512": "sha512-3"}}
}""",
    ),
    expect=(
        "pkg:nuget/Shop@1.0.0",
        "pkg:nuget/Serilog@4.0.1",
        "pkg:nuget/System.Text.Json@8.0.5",
    ),
)
def dotnet_deps(file: File) -> Iterator[Package]:
    """Yield every library that brings files, the application and its projects included.

    Packages that only helped to build it are left out, and so are the frameworks that it
    expects to find on the machine. A runtime that was published along is a package.
    """
    yield from dotnet.libraries(file)
