"""What LuaRocks installs and locks."""

from shutil import which
from subprocess import run

import pytest

from hullmark.model import File, ParseError
from hullmark.parsers.luarocks_lock import MAX_LOCK_BYTES, luarocks_lock
from hullmark.parsers.luarocks_rock import MAX_ROCKSPEC_BYTES, luarocks_rock

ROCK = "lib/luarocks/rocks-5.1/tool/1.2-3/tool-1.2-3.rockspec"
SPECIFICATION = """\
rockspec_format = "3.0"
package = "tool"
version = "1.2-3"
source = {{ url = "git://example.org/tool" }}
description = {{ summary = "A tool", license = "MIT/X11" }}
dependencies = {{ {needs} }}
build = {{ type = "builtin", modules = {{ tool = "tool.lua" }} }}
"""


def parse(unit, content, path="x", **beside):
    near = {name: File(path=name, content=text) for name, text in beside.items()}
    return list(unit.parse(File(path=path, content=content, beside=near)))


@pytest.mark.skipif(which("luarocks") is None, reason="needs luarocks")
def test_a_rock_installed_by_luarocks_is_found_and_so_is_its_lock(tmp_path):
    specification = SPECIFICATION.format(needs='"lua >= 5.1"')
    (tmp_path / "tool-1.2-3.rockspec").write_text(specification)
    (tmp_path / "tool.lua").write_text("return {}\n")
    make = ["luarocks", "--tree=tree", "make", "--namespace=Acme", "--pin", "tool-1.2-3.rockspec"]
    run(make, cwd=tmp_path, check=True, capture_output=True)
    (written,) = (tmp_path / "tree").glob("**/*.rockspec")
    near = {"rock_namespace": (written.parent / "rock_namespace").read_bytes()}
    path = str(written.relative_to(tmp_path))
    (package,) = parse(luarocks_rock, written.read_bytes(), path, **near)
    assert package.purl == "pkg:luarocks/acme/tool@1.2-3"
    assert package.licences == ("MIT",)
    lock = (written.parent / "luarocks.lock").read_bytes()
    assert b'lua = "' in lock
    assert parse(luarocks_lock, lock) == []


def test_a_rock_of_the_root_manifest_has_no_namespace():
    content = SPECIFICATION.format(needs="").encode()
    (package,) = parse(luarocks_rock, content, ROCK)
    assert package.purl == "pkg:luarocks/tool@1.2-3"


def test_a_rockspec_that_lies_in_an_installed_rock_is_no_package():
    content = SPECIFICATION.format(needs="").encode()
    assert parse(luarocks_rock, content, "rocks/tool/doc/tool-1.2-3.rockspec") == []


@pytest.mark.parametrize("content", [b"", b"\0", b"package = name", bytes(MAX_ROCKSPEC_BYTES + 1)])
def test_a_rockspec_that_names_nothing_is_an_error(content):
    with pytest.raises(ParseError):
        parse(luarocks_rock, content, ROCK)


def test_a_lock_tells_what_is_needed_only_to_build_and_to_test():
    text = (
        b'return {\n   build_dependencies = {\n      ["acme/make"] = "1.0-1",\n'
        b'      inspect = "3.1.1-0"\n   },\n'
        b'   dependencies = {\n      inspect = "3.1.1-0"\n   },\n'
        b'   test_dependencies = {\n      ["lua-term"] = "0.7-1"\n   }\n}\n'
    )
    found = parse(luarocks_lock, text)
    assert [(package.purl, package.development) for package in found] == [
        ("pkg:luarocks/acme/make@1.0-1", True),
        ("pkg:luarocks/inspect@3.1.1-0", False),
        ("pkg:luarocks/lua-term@0.7-1", True),
    ]


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", bytes(MAX_LOCK_BYTES + 1)])
def test_a_lock_of_something_else_is_an_error(content):
    with pytest.raises(ParseError):
        parse(luarocks_lock, content)
