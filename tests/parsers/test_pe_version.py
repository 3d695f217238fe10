"""Version resources that a real resource compiler and linker write."""

from shutil import which
from subprocess import run

import pytest

from hullmark.model import File
from hullmark.model.pe_version import MAX_TEXTS
from hullmark.parsers.pe_version import pe_version

MACHINES = ("x86_64", "i686")
TOOLS = [f"{machine}-w64-mingw32-{tool}" for machine in MACHINES for tool in ("windres", "ld")]
needs_mingw = pytest.mark.skipif(None in map(which, TOOLS), reason="needs binutils-mingw-w64")

SCRIPT = """
1 VERSIONINFO
FILEVERSION 1,2,3,4
BEGIN
  BLOCK "StringFileInfo"
  BEGIN
    BLOCK "040904b0"
    BEGIN
%s
    END
  END
  BLOCK "VarFileInfo"
  BEGIN
    VALUE "Translation", 0x409, 1200
  END
END
"""


def purls(content, name="weir.dll"):
    file = File(path=f"opt/{name}", content=content)
    return [fact.purl for fact in pe_version.parse(file)]


@pytest.fixture
def linked(tmp_path):
    """A library with these texts, for 64 or 32 bits."""

    def linked(texts, machine="x86_64"):
        values = "\n".join(f'      VALUE "{key}", "{value}"' for key, value in texts.items())
        (tmp_path / "weir.rc").write_text(SCRIPT % values)
        tool = f"{machine}-w64-mingw32-"
        compiler = [f"{tool}windres", "--preprocessor=cat", "weir.rc", "weir.o"]
        run(compiler, cwd=tmp_path, check=True)
        run([f"{tool}ld", "--dll", "-o", "weir.dll", "weir.o"], cwd=tmp_path, check=True)
        return (tmp_path / "weir.dll").read_bytes()

    return linked


TEXTS = {"CompanyName": "Example", "ProductName": "Weir", "ProductVersion": "2.4.1"}


@needs_mingw
@pytest.mark.parametrize("machine", MACHINES)
def test_a_library_is_its_product(linked, machine):
    assert purls(linked(TEXTS, machine)) == ["pkg:generic/Weir@2.4.1"]


@needs_mingw
@pytest.mark.parametrize(
    ("stated", "version"),
    [
        ({"ProductVersion": "1, 2, 3, 4"}, "1.2.3.4"),
        ({"ProductVersion": "10.0.19041.1 (WinBuild.160101.0800)"}, "10.0.19041.1"),
        ({"ProductVersion": "v2.0-rc1"}, "2.0-rc1"),
        ({"ProductVersion": "next", "FileVersion": "3.1"}, "3.1"),
        ({"ProductVersion": "", "FileVersion": "3.1"}, "3.1"),
    ],
)
def test_the_version_is_the_number_that_the_text_begins_with(linked, stated, version):
    assert purls(linked({**TEXTS, **stated})) == [f"pkg:generic/Weir@{version}"]


@needs_mingw
@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ({"ProductName": "Weir   Works"}, "Weir%20Works"),
        ({"ProductName": "", "InternalName": "sluice"}, "sluice"),
        ({"CompanyName": "Microsoft Corporation", "FileDescription": "Notepad"}, "Notepad"),
    ],
)
def test_the_name_is_the_products_or_the_next_best(linked, stated, name):
    assert purls(linked({**TEXTS, **stated})) == [f"pkg:generic/{name}@2.4.1"]


def managed(content):
    """The same library with the data directory of .NET assemblies filled."""
    start = int.from_bytes(content[60:64], "little") + 24
    wide = content[start : start + 2] == b"\x0b\x02"
    at = start + (112 if wide else 96) + 8 * 14
    return content[:at] + b"\0\x20\0\0\x48\0\0\0" + content[at + 8 :]


@needs_mingw
@pytest.mark.parametrize("machine", MACHINES)
def test_an_assembly_is_the_package_that_its_file_was_named_after(linked, machine):
    texts = {**TEXTS, "OriginalFilename": "Weir.Core.dll", "ProductVersion": "2.4.1+5ca1ab1e"}
    content = managed(linked(texts, machine))
    assert purls(content, "renamed.dll") == ["pkg:nuget/Weir.Core@2.4.1"]


@needs_mingw
def test_an_assembly_of_texts_alone_yields_nothing(linked):
    texts = {**TEXTS, "OriginalFilename": "Weir.Core.resources.dll"}
    assert purls(managed(linked(texts))) == []


@needs_mingw
def test_a_library_that_names_neither_product_nor_version_yields_nothing(linked):
    assert purls(linked({"Comments": "none"})) == []
    assert purls(linked({"ProductName": "Weir"})) == []
    assert purls(linked({"ProductVersion": "1.0"})) == []


@needs_mingw
def test_texts_are_counted(linked):
    many = {f"Key{number}": "x" for number in range(MAX_TEXTS)}
    assert purls(linked({**many, **TEXTS})) == []
    assert purls(linked({**TEXTS, **many})) == ["pkg:generic/Weir@2.4.1"]


@needs_mingw
def test_a_damaged_resource_yields_nothing_or_less(linked):
    content = linked(TEXTS)
    for cut in range(0, len(content), 97):
        assert len(purls(content[:cut])) <= 1


@pytest.mark.parametrize("content", [b"", b"MZ", b"MZ".ljust(64, b"\0"), b"text" * 100])
def test_what_is_no_windows_program_yields_nothing(content):
    assert purls(content) == []
