"""build.zig.zon: the packages that a Zig project asks for.

Format: https://codeberg.org/ziglang/zig/src/branch/master/doc/build.zig.zon.md
"""

from collections.abc import Iterator
from re import VERBOSE

from hullmark.model import File, Package, ParseError
from hullmark.model.later import regex
from hullmark.model.repository import vcs_url
from hullmark.unit import parser

MAX_ZON_BYTES = 1024 * 1024
"""Far more than the longest seen, of some hundred packages; read in some seconds."""

DEPENDENCY = 3
"""How deep the values of one dependency stand: below the file, below ``dependencies``."""

_tokens = regex(
    r"""\s+|//[^\n]*|\\\\[^\n]*
    |(?P<name>\.@"[^"\\\n]*"|\.[A-Za-z_][A-Za-z0-9_]*)
    |(?P<text>"(?:[^"\\\n]++|\\[^\n])*+")
    |(?P<open>\.\{)|(?P<close>\})
    |[=,]|(?P<word>[A-Za-z0-9_.'-]++)|(?P<odd>.)""",
    VERBOSE,
).finditer
_HASH = regex(r"([A-Za-z_][A-Za-z0-9_]*)-([0-9][^\s]{0,100}?)-[A-Za-z0-9_-]{44}\Z").match
"""Name and version before the digest, since Zig 0.14; until then it was the digest alone."""


@parser(
    id="zig-zon",
    names=("build.zig.zon",),
    declared=True,
    example=File(
        path="srv/build.zig.zon",
        content=b"""\
.{
    .name = .app,
    .version = "0.1.0",
    .dependencies = .{
        .oak = .{
            .url = "https://code.example/oak.tar.gz",
            .hash = "oak-2.1.0-oBajB434AQBDh-Ei3YtoKIRxZacVPF1iSwp3IX_ZB8f0",
        },
        .@"elm-tree" = .{
            .url = "git+https://code.example/elm.git#4c2a6b1f0c9d",
            .hash = "1220000000000000000000000000000000000000000000000000000000000000beef",
        },
        .leaf = .{ .path = "../leaf" },
    },
    .paths = .{""},
}
""",
    ),
    expect=(
        "pkg:generic/oak@2.1.0?download_url=https://code.example/oak.tar.gz",
        "pkg:generic/elm-tree?vcs_url=git%2Bhttps://code.example/elm.git%404c2a6b1f0c9d",
    ),
)
def zig_zon(file: File) -> Iterator[Package]:
    """Yield every package from an archive or a repository, not those in local folders.

    A package has a version since Zig 0.14, and then its own name; else that of the dependency.
    """
    for name, values in _dependencies(file).items():
        url = values.get(".url", "")
        if not url:
            continue
        release = _HASH(values.get(".hash", ""))
        repository, _, commit = url.partition("#")
        yield Package(
            type="generic",
            name=release[1] if release else name,
            version=release[2] if release else "",
            qualifiers=vcs_url(repository.partition("?")[0], commit)
            if url.startswith("git+")
            else {"download_url": url},
            path=file.path,
            declared=True,
            direct=True,
        )


def _dependencies(file: File) -> dict[str, dict[str, str]]:
    """The texts of each dependency, by their names."""
    if file.size > MAX_ZON_BYTES:
        raise ParseError(file.path, f"more than the {MAX_ZON_BYTES} bytes that are read")
    found: dict[str, dict[str, str]] = {}
    names: list[str] = []
    name = ""
    for token in _tokens(file.text()):
        match token.lastgroup:
            case "name":
                name = token[0]
            case "open":
                names.append(name)
                name = ""
            case "close" if names:
                names.pop()
            case "text" if names[1:2] == [".dependencies"] and len(names) == DEPENDENCY:
                found.setdefault(names[2].strip('.@"'), {})[name] = token[0][1:-1]
            case "close" | "odd":
                raise ParseError(file.path, f"{token[0]!r} is out of place")
    if names or (not found and ".{" not in file.text()):
        raise ParseError(file.path, "no whole value of Zig's")
    return found
