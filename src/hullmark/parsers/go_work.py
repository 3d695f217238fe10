"""go.work: the modules that a Go workspace builds together, and what it puts in place of others.

Format: https://go.dev/ref/mod#go-work-file
"""

from collections.abc import Iterator

from hullmark.model import File, Package, ParseError
from hullmark.model.go_module import (
    is_folder,
    lines_of,
    package,
    replacements,
    toolchain,
    unreplaced,
)
from hullmark.unit import parser


@parser(
    id="go-work",
    names=("go.work",),
    declared=True,
    example=File(
        path="srv/go.work",
        content=b"""\
go 1.21
toolchain go1.22.1

use (
	./shop
	./tools
)

replace example.org/one => example.org/fork/one v1.0.1
replace example.org/two v1.3.0 => example.org/two v1.2.9
replace example.org/three => ./three
""",
    ),
    expect=(
        "pkg:golang/stdlib@1.22.1",
        "pkg:golang/example.org/fork/one@v1.0.1",
        "pkg:golang/example.org/two@v1.2.9",
    ),
)
def go_work(file: File) -> Iterator[Package]:
    """Yield every module that takes the place of another, and the standard library of a toolchain.

    The modules in use are the project itself; what they require is read from their go.mod. There
    a replaced module stays named as it is asked for: the workspace's replacement goes before it
    only where the workspace is built. A folder that replaces a module is the project's, and
    go.work.sum tells of more modules than are built, so neither is yielded.
    """
    lines = lines_of(file)
    if not lines.keys() & {"go", "use", "replace", "toolchain"}:
        raise ParseError(file.path, "neither a module nor a release of Go is named")
    yield from toolchain(file.path, lines)
    for module, version in dict.fromkeys(replacements(lines).values()):
        if version and not is_folder(module):
            yield package(file.path, module, version)
    wrong = unreplaced(lines)
    wrong += [
        words
        for words in lines.get("replace", ())
        if words[-2:-1] == ["=>"] and not is_folder(words[-1])
    ]
    if wrong:
        raise ParseError(file.path, f"a line names no module and version: {wrong[0]!r}")
