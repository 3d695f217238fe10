"""go.mod: the modules that a Go module asks for.

Format: https://go.dev/ref/mod#go-mod-file; go.sum: https://go.dev/ref/mod#go-sum-files
"""

from collections.abc import Iterator
from re import compile as regex

from hullmark.model import File, Package, ParseError
from hullmark.model.go_module import (
    INDIRECT,
    is_folder,
    lines_of,
    package,
    replacements,
    toolchain,
    unreplaced,
)
from hullmark.unit import parser

_GO = regex(r"1\.(?:[0-9]|1[0-6])(?:[^0-9]|\Z)").match
"""Until Go 1.16 go.mod left out the modules that only dependencies ask for."""


@parser(
    id="go-mod",
    names=("go.mod",),
    beside=("go.sum",),
    declared=True,
    version=3,
    example=File(
        path="srv/go.mod",
        content=b"""\
module example.org/app

go 1.21
toolchain go1.22.1

require example.org/one v1.0.0
require (
	example.org/two/v2 v2.3.0 // indirect
	example.org/three v0.1.0+incompatible
)
replace example.org/one => example.org/fork/one v1.0.1
replace example.org/three v0.1.0+incompatible => ../three
""",
    ),
    expect=(
        "pkg:golang/stdlib@1.22.1",
        "pkg:golang/example.org/fork/one@v1.0.1",
        "pkg:golang/example.org/two/v2@v2.3.0",
        "pkg:golang/example.org/three",
    ),
)
def go_mod(file: File) -> Iterator[Package]:
    """Yield every required module, direct or not, but not the module itself.

    A replaced module is named as what replaces it; one replaced by a local folder keeps its
    name and has no version. Modules of go.sum are added below Go 1.17, when go.mod did not name
    them all. The standard library is yielded when a toolchain is named: the ``go`` line is only
    the oldest release that will do. What is marked ``// indirect`` or only in go.sum is not direct.
    """
    lines = lines_of(file)
    if "module" not in lines:
        raise ParseError(file.path, "no module is declared")
    yield from toolchain(file.path, lines)
    excluded = lines.get("exclude", ())
    asked = lines.get("require", [])
    required = {words[0]: words[1] for words in asked if words[1:] not in ([], [INDIRECT])}
    if not lines.get("go") or _GO("".join(lines["go"][0])):
        required = {**_summed(file.near("go.sum")), **required}
    direct = {words[0] for words in asked if words and INDIRECT not in words}
    replaced = replacements(lines)
    for module, version in required.items():
        if [module, version] not in excluded:
            to = replaced.get((module, version)) or replaced.get((module, ""))
            if to and is_folder(to[0]):
                to = (module, "")
            yield package(file.path, *(to or (module, version)), module in direct)
    wrong = [words for words in asked if len([word for word in words if word != INDIRECT]) != 2]  # noqa: PLR2004
    wrong += unreplaced(lines)
    if wrong:
        raise ParseError(file.path, f"a line names no module and version: {wrong[0]!r}")


def _summed(file: File | None) -> dict[str, str]:
    """Modules whose source go.sum vouches for; of several versions the last, which is highest."""
    lines = file.text().splitlines() if file else ()
    summed = (line.split(" ") for line in lines if "/go.mod h1:" not in line)
    return {words[0]: words[1] for words in summed if len(words) == 3}  # noqa: PLR2004
