"""luarocks.lock: the exact rocks of a Lua project.

Format: written by ``luarocks --pin``, https://github.com/luarocks/luarocks/wiki/Pinning-versions-with-a-lock-file
"""

from collections.abc import Iterator
from re import DOTALL

from hullmark.model import File, Package, ParseError
from hullmark.model.later import regex
from hullmark.model.relations import related
from hullmark.unit import parser

MAX_LOCK_BYTES = 4 * 1024 * 1024
"""100,000 rocks."""

_TABLE = regex(r"\b((?:build_|test_)?dependencies)\s{0,8}=\s{0,8}\{([^{}]*)\}", DOTALL).finditer
_ROCK = regex(
    r"""(?:\["([^"\]\n]{1,200})"\]|\b([A-Za-z_]\w{0,200}))\s?=\s?"([^"\n]{1,200})\""""
).finditer
_INTERPRETER = "lua"


@parser(
    id="luarocks-lock",
    names=("luarocks.lock",),
    declared=True,
    example=File(
        path="srv/luarocks.lock",
        content=b"""\
return {
   dependencies = {
      lua = "5.4-1",
      ["lua-cjson"] = "2.1.0-1"
   },
   test_dependencies = {
      busted = "2.2.0-1"
   }
}
""",
    ),
    expect=("pkg:luarocks/lua-cjson@2.1.0-1", "pkg:luarocks/busted@2.2.0-1"),
)
def luarocks_lock(file: File) -> Iterator[Package]:
    """Yield every rock, those to build and to test too; not Lua itself."""
    if file.size > MAX_LOCK_BYTES:
        raise ParseError(file.path, f"{file.size} bytes are more than the {MAX_LOCK_BYTES} read")
    text = file.text()
    if not text.lstrip().startswith("return"):
        raise ParseError(file.path, "no table is returned")
    entries: list[Package] = []
    development: set[int] = set()
    for table in _TABLE(text):
        for rock in _ROCK(table[2]):
            namespace, _, name = (rock[1] or rock[2]).lower().rpartition("/")
            if name == _INTERPRETER:
                continue
            if table[1] != "dependencies":
                development.add(len(entries))
            entries.append(_package(file, namespace, name, rock[3]))
    yield from related(entries, [()] * len(entries), development=development)


def _package(file: File, namespace: str, name: str, version: str) -> Package:
    return Package(
        type="luarocks",
        namespace=namespace,
        name=name,
        version=version,
        path=file.path,
        declared=True,
    )
