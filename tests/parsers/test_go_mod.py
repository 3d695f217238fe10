"""Module files as the go command writes and reads them."""

from json import loads
from shutil import which
from subprocess import run

import pytest

from hullmark.model import File, ParseError
from hullmark.parsers.go_mod import go_mod


def purls(text, sums=None):
    beside = {} if sums is None else {"go.sum": File(path="go.sum", content=sums.encode())}
    content = text if isinstance(text, bytes) else text.encode()
    file = File(path="go.mod", content=content, beside=beside)
    return [fact.purl for fact in go_mod.parse(file)]


HEAD = "module example.org/app\n\ngo 1.18\n\n"

SPELLINGS = """\
// A comment.
module "example.org/app" // trailing

go 1.18

require example.org/a v1.0.0

require (
	"example.org/b" v1.0.0 // indirect
	example.org/c v1.0.0

	// example.org/no v1.0.0
	gopkg.in/d.v2 v2.4.0
)

exclude (
	example.org/a v0.9.0
)

retract [v1.0.0, v1.0.5] // published by accident
"""


@pytest.mark.skipif(which("go") is None, reason="needs go")
def test_requirements_are_those_that_go_reads(tmp_path):
    (tmp_path / "go.mod").write_text(SPELLINGS)
    command = ["go", "mod", "edit", "-json"]
    told = run(command, cwd=tmp_path, capture_output=True, check=True).stdout
    expected = [f"pkg:golang/{each['Path']}@{each['Version']}" for each in loads(told)["Require"]]
    assert len(expected) == 4
    assert purls(SPELLINGS) == expected


def test_a_replacement_holds_for_its_version_or_for_all():
    text = HEAD + (
        "require (\n\ta.example/x v1.0.0\n\ta.example/y v1.0.0\n\ta.example/z v1.0.0\n)\n"
        "replace (\n\ta.example/x v1.0.0 => b.example/x v1.0.1\n"
        "\ta.example/y v2.0.0 => b.example/y v1.0.1\n\ta.example/z => ../z\n)\n"
    )
    assert purls(text) == [
        "pkg:golang/b.example/x@v1.0.1",
        "pkg:golang/a.example/y@v1.0.0",
        "pkg:golang/a.example/z",
    ]


def test_an_excluded_version_is_not_yielded():
    text = HEAD + "require a.example/x v1.0.0\nexclude a.example/x v1.0.0\n"
    assert purls(text) == []


SUMS = """\
a.example/x v1.0.0 h1:AAAA=
a.example/x v1.0.0/go.mod h1:AAAA=
a.example/y v0.9.0 h1:AAAA=
a.example/y v0.10.0 h1:AAAA=
a.example/z v1.0.0/go.mod h1:AAAA=
"""


def test_sums_fill_in_what_old_module_files_left_out():
    text = "module example.org/app\n{}require a.example/x v1.1.0\n"
    full = {"pkg:golang/a.example/x@v1.1.0", "pkg:golang/a.example/y@v0.10.0"}
    for release in ("", "go 1.9\n", "go 1.16\n"):
        assert set(purls(text.format(release), SUMS)) == full
    for release in ("go 1.17\n", "go 1.22.1\n"):
        assert purls(text.format(release), SUMS) == ["pkg:golang/a.example/x@v1.1.0"]


def test_a_block_may_begin_without_a_blank():
    text = "module example.org/app\nrequire(\n\texample.org/leaf v1.0.0\n)\n"
    assert purls(text) == ["pkg:golang/example.org/leaf@v1.0.0"]


def test_a_toolchain_names_the_standard_library():
    assert purls("module a\ngo 1.21\ntoolchain go1.22.1\n") == ["pkg:golang/stdlib@1.22.1"]
    assert purls("module a\ngo 1.21\ntoolchain go1.22.1-custom\n") == ["pkg:golang/stdlib@1.22.1"]
    for line in ("", "toolchain\n", "toolchain default\n"):
        assert purls(f"module a\ngo 1.21\n{line}") == []


@pytest.mark.parametrize("text", ["", "\0\0", "require x v1\n", "module a\nrequire (\n"])
def test_a_module_file_that_is_none_is_an_error(text):
    with pytest.raises(ParseError):
        purls(text)


@pytest.mark.parametrize(
    "line", ["require", "require b.example/x", "replace a.b/c =>", "replace => a.b/d v1", "replace"]
)
def test_a_line_without_its_module_or_version_is_an_error_after_the_rest(line):
    content = f"{HEAD}{line}\nrequire a.b/c v1.0.0\n".encode()
    found = []
    with pytest.raises(ParseError, match="names no module and version"):
        found.extend(go_mod.parse(File(path="go.mod", content=content)))
    assert [fact.purl for fact in found] == ["pkg:golang/a.b/c@v1.0.0"]
