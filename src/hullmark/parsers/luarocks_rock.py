"""Installed Lua rocks: the rockspec that LuaRocks keeps of each.

Format: https://github.com/luarocks/luarocks/wiki/Rockspec-format and, for the folders,
https://github.com/luarocks/luarocks/wiki/File-locations
"""

from collections.abc import Iterator
from re import compile as regex

from hullmark.licences import spdx
from hullmark.model import File, Package, ParseError
from hullmark.unit import parser

MAX_ROCKSPEC_BYTES = 1024 * 1024
"""Ten times the longest that lists its modules."""
_MAX_NAMESPACE_BYTES = 100

_FIELD = regex(rb"""\b(package|version|license)\s{0,8}=\s{0,8}["']([^"'\n]{1,500})["']""").findall


@parser(
    id="luarocks-rock",
    names=("**/rocks*/*/*/*.rockspec",),
    beside=("rock_namespace",),
    example=File(
        path="usr/local/lib/luarocks/rocks-5.4/tool/1.2-3/tool-1.2-3.rockspec",
        content=b"""\
package = "tool"
version = "1.2-3"
source = { url = "https://example.org/tool-1.2.tar.gz" }
description = { license = "MIT" }
dependencies = { "lua >= 5.1" }
""",
        beside={
            "rock_namespace": File(
                path="usr/local/lib/luarocks/rocks-5.4/tool/1.2-3/rock_namespace",
                content=b"example",
            )
        },
    ),
    expect=("pkg:luarocks/example/tool@1.2-3",),
)
def luarocks_rock(file: File) -> Iterator[Package]:
    """Yield the rock, named by its folders, with its namespace if it was installed from one.

    A rockspec elsewhere describes what might be built and is not read.
    """
    if file.size > MAX_ROCKSPEC_BYTES:
        why = f"{file.size} bytes are more than the {MAX_ROCKSPEC_BYTES} of a rockspec"
        raise ParseError(file.path, why)
    *_, name, version, last = ("", "", *file.path.split("/"))
    if last != f"{name}-{version}.rockspec":
        return
    fields = {key: value.decode(errors="replace") for key, value in reversed(_FIELD(file.data))}
    if b"package" not in fields or b"version" not in fields:
        raise ParseError(file.path, "no package and version are given as plain text")
    beside = file.near("rock_namespace")
    namespace = beside.read(0, _MAX_NAMESPACE_BYTES).decode(errors="replace") if beside else ""
    yield Package(
        type="luarocks",
        namespace=namespace.strip().lower(),
        name=name.lower(),
        version=version,
        licences=tuple(filter(None, [spdx(fields.get(b"license", ""))])),
        path=file.path,
    )
