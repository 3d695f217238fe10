"""Workspace files as the go command writes and reads them."""

from json import loads
from shutil import which
from subprocess import run

import pytest

from hullmark.model import File, ParseError
from hullmark.parsers.go_work import go_work


def purls(text):
    return [fact.purl for fact in go_work.parse(File(path="go.work", content=text.encode()))]


SPELLINGS = """\
go 1.18 // trailing

use ./a
use (
	"./b"
	// ./c
)

replace a.example/x => b.example/x v1.0.1
replace (
	a.example/y v1.0.0 => "b.example/y" v1.0.2
	a.example/z => ../z
)
"""


@pytest.mark.skipif(which("go") is None, reason="needs go")
def test_replacements_are_those_that_go_reads(tmp_path):
    (tmp_path / "go.work").write_text(SPELLINGS)
    command = ["go", "work", "edit", "-json"]
    told = loads(run(command, cwd=tmp_path, capture_output=True, check=True).stdout)
    new = [each["New"] for each in told["Replace"]]
    expected = [f"pkg:golang/{each['Path']}@{each['Version']}" for each in new if "Version" in each]
    assert len(expected) == 2
    assert purls(SPELLINGS) == expected


def test_modules_in_use_are_no_packages():
    assert purls("go 1.21\nuse ./a\n") == []
    assert purls("use ./a\n") == []


def test_two_modules_replaced_by_one_make_one_package():
    text = "replace a.example/x => b.example/x v1\nreplace a.example/y => b.example/x v1\n"
    assert purls(text) == ["pkg:golang/b.example/x@v1"]


@pytest.mark.parametrize("text", ["", "\0\0", "module a\n", "use (\n"])
def test_a_workspace_file_that_is_none_is_an_error(text):
    with pytest.raises(ParseError):
        purls(text)


@pytest.mark.parametrize("line", ["replace a.b/c =>", "replace", "replace a.b/c => a.b/d"])
def test_a_line_that_replaces_by_nothing_is_an_error_after_the_rest(line):
    content = f"go 1.21\n{line}\nreplace a.b/x => a.b/y v1.0.0\n".encode()
    found = []
    with pytest.raises(ParseError, match="names no module and version"):
        found.extend(go_work.parse(File(path="go.work", content=content)))
    assert [fact.purl for fact in found] == ["pkg:golang/a.b/y@v1.0.0"]
