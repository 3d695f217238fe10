"""Lock and project files of NuGet and Paket, in the forms that their tools write."""

import pytest

from hullmark.model import File, ParseError
from hullmark.model.nuget import lowest
from hullmark.parsers.csproj import CENTRAL, csproj
from hullmark.parsers.directory_packages import directory_packages
from hullmark.parsers.nuget_lock import nuget_lock
from hullmark.parsers.packages_config import packages_config
from hullmark.parsers.paket_lock import paket_lock
from hullmark.parsers.project_assets import project_assets


def parse(parser, text, **beside):
    near = {name: File(path=name, content=content.encode()) for name, content in beside.items()}
    found = []
    try:
        file = File(path="x", content=text.encode(), beside=near)
        found.extend(parser.parse(file))
    except ParseError as error:
        return found, error.why
    return found, ""


def told(parser, text, **beside):
    found, problem = parse(parser, text, **beside)
    assert problem == ""
    assert all(package.declared for package in found)
    return found


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("1.2.3", "1.2.3"),
        (" 1.2.3-beta+4 ", "1.2.3-beta+4"),
        ("[1.2]", "1.2"),
        ("[1.2, 2.0)", "1.2"),
        ("[1.2,]", "1.2"),
        ("(1.2, 2.0)", ""),
        ("(,1.0]", ""),
        ("[,1.0]", ""),
        ("1.*", ""),
        ("*", ""),
        ("$(Unknown)", ""),
        ("", ""),
    ],
)
def test_a_range_resolves_to_its_lowest_version(version, expected):
    assert lowest(version) == expected


def test_a_lock_of_several_frameworks_tells_each_package_once():
    first, second, third = told(
        nuget_lock,
        """\ufeff{"version": 2, "dependencies": {
        "net472": {"A": {"type": "Transitive", "resolved": "1.0", "dependencies": {"c": "1.0"}},
                   "C": {"type": "CentralTransitive", "requested": "[1.0, )", "resolved": "1.0"}},
        "net8.0/linux-x64": {
            "A": {"type": "Direct", "resolved": "1.0", "dependencies": {"B": "[2.0, )", "x": "1"}},
            "B": {"type": "Transitive", "resolved": "2.1"},
            "p": {"type": "Project", "dependencies": {"A": "1.0"}}}}}""",
    )
    assert [p.purl for p in (first, second, third)] == [
        "pkg:nuget/A@1.0",
        "pkg:nuget/C@1.0",
        "pkg:nuget/B@2.1",
    ]
    assert first.requires == ("pkg:nuget/C@1.0", "pkg:nuget/B@2.1")
    assert [p.direct for p in (first, second, third)] == [True, False, False]


def test_restored_assets_tell_what_only_helps_to_build():
    targets = '{"A/1.0": {"type": "package"}, "P/1.0": {"type": "project"}}'
    text = (
        '{"targets": {"net8.0": %s}, "project": {"frameworks": {"net8.0": {"dependencies": {%s}}}}}'
    )
    for asked, direct, development in (
        ("", False, False),
        ('"a": {"target": "Package"}', True, False),
        ('"A": {"suppressParent": "All"}', True, False),
        ('"A": {"suppressParent": "All", "include": "Runtime, Compile"}', True, False),
        ('"A": {"suppressParent": "All", "include": "Build, Analyzers"}', True, True),
        ('"A": {"include": "Build, Analyzers"}', True, False),
    ):
        (package,) = told(project_assets, text % (targets, asked))
        assert (package.direct, package.development) == (direct, development)


def test_packages_of_the_older_file_are_read_in_any_encoding_of_windows():
    text = (
        '<?xml version="1.0" encoding="utf-16"?><packages><package id="A" version="1"/></packages>'
    )
    (package,) = packages_config.parse(File(path="packages.config", content=text.encode("utf-16")))
    assert (package.purl, package.direct, package.development) == ("pkg:nuget/A@1", None, False)


def test_a_project_names_its_packages_in_many_ways():
    found = told(
        csproj,
        """<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
        <PropertyGroup><Minor>2</Minor></PropertyGroup>
        <PropertyGroup Condition="true"><V>1.$(minor)</V><Loop>$(Loop)$(Loop)</Loop></PropertyGroup>
        <ItemGroup Condition="'$(TargetFramework)' == 'net472'">
          <PackageReference Include="A;B"><Version>$(V)</Version></PackageReference>
          <Reference Include="System" />
        </ItemGroup>
        <Choose><When><ItemGroup><PackageReference include="C" version="3"/></ItemGroup></When>
        <Otherwise><ItemGroup><PackageReference Include="D"/></ItemGroup></Otherwise></Choose>
        <ItemGroup><PackageReference Update="D" Version="4"/>
        <PackageReference Update="Z" Version="1"/>
        <PackageReference Include="E" Version="$(Loop)"/>
        <DotNetCliToolReference Include="T" Version="1"/>
        <PackageReference Remove="A"/></ItemGroup></Project>""",
    )
    assert [package.purl for package in found] == [
        "pkg:nuget/A@1.2",
        "pkg:nuget/B@1.2",
        "pkg:nuget/E",
        "pkg:nuget/T@1",
        "pkg:nuget/C@3",
        "pkg:nuget/D@4",
    ]
    assert [package.name for package in found if package.development] == ["T"]
    assert all(package.direct for package in found)


CENTRAL_FILE = """<Project><PropertyGroup><V>2.0</V></PropertyGroup><ItemGroup>
<PackageVersion Include="a" Version="$(V)"/><PackageVersion Include="B" Version="1"/>
</ItemGroup></Project>"""
USES = """<Project><ItemGroup><PackageReference Include="A"/>
<PackageReference Include="B" VersionOverride="9"/></ItemGroup></Project>"""


def test_versions_are_taken_from_the_file_beside():
    found = told(csproj, USES, **{CENTRAL: CENTRAL_FILE})
    assert [package.purl for package in found] == ["pkg:nuget/A@2.0", "pkg:nuget/B@9"]


def test_a_broken_file_beside_costs_versions_and_is_told():
    found, problem = parse(csproj, USES, **{CENTRAL: "<Project>"})
    assert [package.purl for package in found] == ["pkg:nuget/A", "pkg:nuget/B@9"]
    assert problem.startswith(f"{CENTRAL} beside it: not the XML expected")


def test_a_package_named_by_an_unknown_property_is_told_of():
    items = '<P Include="$(N).x" Version="1"/><P Include="B"/><P Include="@(All)"/>'
    text = f"<Project><ItemGroup>{items}</ItemGroup></Project>"
    for parser, kind in ((csproj, "PackageReference"), (directory_packages, "PackageVersion")):
        found, problem = parse(parser, text.replace("<P ", f"<{kind} "))
        assert [package.name for package in found] == ["B"]
        assert problem == "2 packages are named by properties that are not in the file"


def test_properties_that_grow_end_at_a_limit():
    groups = "".join(f"<a{n}>{f'$(a{n + 1})' * 50}</a{n}>" for n in range(9))
    text = f"<Project><PropertyGroup>{groups}</PropertyGroup><ItemGroup>{{}}</ItemGroup></Project>"
    item = '<PackageReference Include="A" Version="$(a0)"/>'
    assert [package.purl for package in told(csproj, text.format(item))] == ["pkg:nuget/A"]


def test_central_versions_are_not_yet_asked_for():
    found = told(directory_packages, CENTRAL_FILE)
    assert [(p.purl, p.direct) for p in found] == [
        ("pkg:nuget/a@2.0", None),
        ("pkg:nuget/B@1", None),
    ]
    item = '<GlobalPackageReference Include="G" Version="1"/>'
    (given,) = told(directory_packages, f"<Project><ItemGroup>{item}</ItemGroup></Project>")
    assert (given.direct, given.development) == (True, True)


OLD_PAKET = """NUGET
  remote: https://packages.example.org/api/v2
  specs:
    Castle.Core (3.3.3)
    Moq (4.2.1) - framework: >= net40
      castle.core (>= 3.3)
      Unknown (1.0)

GITHUB
  remote: owner/tools
  specs:
    src/a b/File.fs (abc123)
      Castle.Core (>= 0.1)
"""
NEW_PAKET = """REFERENCES: STRICT
RESTRICTION: || (== net6.0) (== netstandard2.0)
NUGET
  remote: https://packages.example.org/v3/index.json
    A (1.0-beta001) - copy_local: false
      B (>= 2.0) - restriction: || (&& (== net6.0) (< net45))
    B (2.1)

GROUP Test
STORAGE: NONE
HTTP
  remote: https://example.org
    /script.fs (/script.fs)
GIT
  remote: https://example.org/team/tool.git
     (4c2a6b1f0c9d)
      build: build.sh
NUGET
  remote: feed
    A (3.0)
    C (1.0)
      B (1.0)
"""


def test_locks_of_paket_are_read_with_and_without_specs():
    castle, moq, tools = told(paket_lock, OLD_PAKET)
    assert castle.purl == "pkg:nuget/Castle.Core@3.3.3"
    assert (moq.purl, moq.requires) == ("pkg:nuget/Moq@4.2.1", (castle.purl,))
    assert tools.purl == "pkg:github/owner/tools@abc123#src/a%20b/File.fs"
    assert tools.requires == (castle.purl,)


def test_groups_of_paket_keep_to_themselves():
    found = told(paket_lock, NEW_PAKET.replace("\n", "\r\n"))
    assert [package.purl for package in found] == [
        "pkg:nuget/A@1.0-beta001",
        "pkg:nuget/B@2.1",
        "pkg:generic/tool@4c2a6b1f0c9d?vcs_url=git%2Bhttps://example.org/team/tool.git%404c2a6b1f0c9d",
        "pkg:nuget/A@3.0",
        "pkg:nuget/C@1.0",
    ]
    assert [len(package.requires) for package in found] == [1, 0, 0, 0, 0]


def test_what_is_no_lock_of_paket_is_an_error():
    assert parse(paket_lock, "")[1] == "no section of a lock of Paket"
    assert parse(paket_lock, "name = 1\n")[1].startswith("no line of a lock of Paket")
    _, problem = parse(paket_lock, "NUGET\n" + "    " + "(" * 50_000 + "\n" + "a " * 50_000)
    assert problem.startswith("no line of a lock of Paket")
